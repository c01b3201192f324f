import { escapeText, type Paint } from '../../../packages/cli/src/index.ts';
import type { Finding, Remediation } from '../../../packages/contracts/src/index.ts';
import type { Page } from '../house/pager.ts';
import type { Told, ToldMinute } from '../story/told.ts';
import { clockOf, figure, quantile } from './words.ts';

const BAR = 32;
const INDENT = ' '.repeat(10);

/** One line of the story for a terminal, or two. Text that came from logs stays text. Undefined for what nobody has to read as it happens. */
export function renderTold(told: Told, paint: Paint): string | undefined {
  const time = paint('dim', clockOf(told.at));
  switch (told.kind) {
    case 'note':
      return `${INDENT}${escapeText(told.text)}`;
    case 'traffic':
      return `${time}  ${traffic(told.minute, paint)}`;
    case 'finding':
      return told.finding.severity === 'info' ? undefined : `${time}  ${found(told.finding, paint)}`;
    case 'repair':
      return STATES[told.repair.state] === undefined ? undefined : `${time}  ${repaired(told.repair, paint)}`;
    case 'page':
      if (told.page.channel === 'chat') return undefined;
      return `${time}  ${label('paged', 'yellow', paint)} ${escapeText(paged(told.page))}`;
  }
}

/** What joins an alert that is open is told as what it is, and since when. */
function paged({ title, change, members = [] }: Page): string {
  const joined = members.findLast((member) => member.title === title);
  const isNew = change === 'joined' && joined !== undefined && joined !== members[0];
  return isNew ? `also: ${title}, since ${clockOf(joined.since).slice(0, 5)}` : `${title} (${change})`;
}

function traffic({ requests, failed, failedWith, latenciesMs }: ToldMinute, paint: Paint): string {
  const bar = paint('cyan', '▪'.repeat(Math.min(BAR, requests)).padEnd(BAR));
  const failures = failed > 0 ? paint('red', `  ${failed} failed (${failedWith.join(', ')})`) : '';
  const [p50, p95] = [0.5, 0.95].map((share) => `${Math.round(quantile(latenciesMs, share))} ms`.padStart(8));
  return `${bar} ${String(requests).padStart(3)} requests  p50 ${p50}  p95 ${p95}${failures}`;
}

function found({ state, severity, title, explanation }: Finding, paint: Paint): string {
  if (state === 'resolved') return `${label('over', 'green', paint)} ${escapeText(title)}`;
  const colour = severity === 'critical' ? 'red' : 'yellow';
  return `${label('found', colour, paint)} ${paint('bold', escapeText(title))}\n${INDENT}         ${escapeText(explanation)}`;
}

/** States of a repair that a reader wants to see. */
const STATES: Readonly<Partial<Record<Remediation['state'], string>>> = {
  refused: 'refused',
  'awaiting-approval': 'asks',
  declined: 'declined',
  verifying: 'repaired',
  kept: 'verified',
  'rolled-back': 'undone',
  failed: 'failed',
};

function repaired(repair: Remediation, paint: Paint): string {
  const { state, title, verification, refusals, mode } = repair;
  const approved = state === 'verifying' && mode === 'automatic' ? ' (approved by policy)' : '';
  const proof =
    state !== 'verifying' && verification
      ? ` (${verification.metric} ${figure(verification.before)} -> ${figure(verification.after)} ${verification.unit})`
      : '';
  const why = refusals.map(({ reason }) => reason).join(' ');
  return `${label(STATES[state] ?? state, state === 'failed' ? 'red' : 'green', paint)} ${escapeText(title)}${approved}${escapeText(proof)}${why && `: ${escapeText(why)}`}`;
}

const label = (text: string, colour: 'green' | 'yellow' | 'red', paint: Paint): string => paint(colour, text.padEnd(8));
