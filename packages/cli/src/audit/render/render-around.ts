import { renderChanges } from '../../findings/render-changes.ts';
import { repairLine } from '../../repairs/render-repairs.ts';
import { escapeText } from '../../terminal/escape-text.ts';
import type { Paint } from '../../terminal/paint.ts';
import type { Around } from '../around-request.ts';

/** What was changed then made no difference to the request, and may be the answer to it. */
const AFTER = '(after it began)';

/** What was changed around a request, what was found when it ran, what was done about it, and what to type to see it; `place` names the deployment. Nothing where there is nothing. */
export function renderAround({ findings, changes, startedAt = 0 }: Around, paint: Paint, place = ''): string {
  return renderChanges(changes, { paint, near: startedAt, mark: AFTER }) + renderFindings(findings, paint, place);
}

function renderFindings(findings: Around['findings'], paint: Paint, place: string): string {
  if (findings.length === 0) return '';
  const lines = findings.flatMap(({ finding, isNamed, repairs }) => [
    `  ${escapeText(finding.title)} ${paint('dim', isNamed ? '(names this request)' : '(open while it ran)')}`,
    `    pnpm lamplighter explain ${escapeText(finding.findingId)}${place}`,
    ...repairs.flatMap((repair) => [
      `    ${repairLine(repair, paint)}`,
      `      pnpm lamplighter repairs ${escapeText(repair.remediationId)}${place}`,
    ]),
  ]);
  return `\n${[paint('bold', 'Found and done'), ...lines].join('\n')}\n`;
}
