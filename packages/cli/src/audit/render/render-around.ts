import { repairLine } from '../../repairs/render-repairs.ts';
import { escapeText } from '../../terminal/escape-text.ts';
import type { Paint } from '../../terminal/paint.ts';
import type { AroundRequest } from '../around-request.ts';

/** What was found when a request ran, and what was done about it, and what to type to see it; `place` names the deployment. Nothing where there is nothing. */
export function renderAround(around: readonly AroundRequest[], paint: Paint, place = ''): string {
  if (around.length === 0) return '';
  const lines = around.flatMap(({ finding, isNamed, repairs }) => [
    `  ${escapeText(finding.title)} ${paint('dim', isNamed ? '(names this request)' : '(open while it ran)')}`,
    `    pnpm lamplighter explain ${escapeText(finding.findingId)}${place}`,
    ...repairs.flatMap((repair) => [
      `    ${repairLine(repair, paint)}`,
      `      pnpm lamplighter repairs ${escapeText(repair.remediationId)}${place}`,
    ]),
  ]);
  return `\n${[paint('bold', 'Found and done'), ...lines].join('\n')}\n`;
}
