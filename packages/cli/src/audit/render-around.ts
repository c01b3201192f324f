import { repairLine } from '../repairs/render-repairs.ts';
import { escapeText } from '../terminal/escape-text.ts';
import type { Paint } from '../terminal/paint.ts';
import type { AroundRequest } from './around-request.ts';

/** What was found when a request ran, and what was done about it, with the ids to ask on with; nothing where there is nothing. */
export function renderAround(around: readonly AroundRequest[], paint: Paint): string {
  if (around.length === 0) return '';
  const lines = around.flatMap(({ finding, isNamed, repairs }) => [
    `  ${escapeText(finding.title)} ${paint('dim', isNamed ? '(names this request)' : '(open while it ran)')}`,
    `    lamplighter explain ${escapeText(finding.findingId)}`,
    ...repairs.flatMap((repair) => [
      `    ${repairLine(repair, paint)}`,
      `      lamplighter repairs ${escapeText(repair.remediationId)}`,
    ]),
  ]);
  return `\n${[paint('bold', 'Found and done'), ...lines].join('\n')}\n`;
}
