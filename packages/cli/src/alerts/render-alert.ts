import type { Alert } from '@lamplighter/contracts';
import { escapeLines, escapeText } from '../terminal/escape-text.ts';
import { wrapWords } from '../terminal/fit-row.ts';
import { formatCount, formatMinute } from '../terminal/format-value.ts';
import type { Paint } from '../terminal/paint.ts';
import { COLOURS, membersOf, stateOf } from './render-alerts.ts';

/** Columns of the longest name of a fact. */
const NAMES = 6;

/** One alert: what it says, what it is about, who was told when and how, and what to type next; `place` names the deployment, `width` the columns that a sentence may fill. */
export function renderAlert(alert: Alert, paint: Paint, place = '', width = Number.POSITIVE_INFINITY): string {
  const { title, text, severity, subject, deliveries } = alert;
  const facts: readonly (readonly [string, string])[] = [
    ['alert', alert.alertId],
    ['state', `${stateOf(alert)}${alert.closedAt === undefined ? '' : `, ${formatMinute(alert.closedAt)}`}`],
    ['opened', `${formatMinute(alert.openedAt)}, ${formatCount(alert.occurrences, 'occurrence')}`],
    ['about', `${subject.kind} ${subject.id}`],
    ...membersOf(alert).map((member) => ['member', member] as const),
    ['step', stepOf(alert)],
    ...(deliveries.length === 0 ? [['told', 'nobody yet'] as const] : []),
    ...deliveries.map((delivery) => ['told', toldOf(delivery)] as const),
    ...(alert.history ?? []).slice(1).map((entry) => ['then', entryOf(entry)] as const),
  ];
  const next = nextOf(alert).map((command) => `    pnpm lamplighter ${escapeText(command)}${place}`);
  return `${[
    `${paint(COLOURS[severity], severity)}  ${paint('bold', escapeText(title))}`,
    ...escapeLines(text).flatMap((line) => sentenceLines(line, width - 2).map((part) => `  ${part}`)),
    '',
    ...facts.map(
      ([name, value]) =>
        `  ${paint('dim', name.padEnd(NAMES))} ${wrapWords(escapeText(value), width - NAMES - 3).join(`\n${' '.repeat(NAMES + 3)}`)}`,
    ),
    ...(next.length === 0 ? [] : ['', paint('bold', 'Go on with'), ...next]),
  ].join('\n')}\n`;
}

/** What is to be copied is not broken. */
const sentenceLines = (line: string, width: number): readonly string[] =>
  line.includes(' lamplighter ') ? [line] : wrapWords(line, width);

const stepOf = ({ escalationStep }: Alert): string =>
  escalationStep === 0 ? 'the first of its escalation' : `${escalationStep + 1} of its escalation`;

const toldOf = ({
  channel,
  recipient,
  state,
  attempts,
  at,
  firstAt = at,
  reason,
}: Alert['deliveries'][number]): string =>
  [
    `${recipient} by ${channel}: ${state} ${formatMinute(firstAt)}`,
    ...(formatMinute(firstAt) === formatMinute(at) ? [] : [`newest ${formatMinute(at)}`]),
    ...(attempts > 1 ? [formatCount(attempts, 'attempt')] : []),
    ...(reason === undefined ? [] : [reason]),
  ].join(', ');

const CHANGES = {
  opened: 'opened',
  worse: 'became worse',
  escalated: 'went to the next step',
  acknowledged: 'taken on',
  snoozed: 'snoozed',
  closed: 'closed',
} as const;

const entryOf = ({ at, change, by }: NonNullable<Alert['history']>[number]): string =>
  `${formatMinute(at)} ${CHANGES[change]}${by === undefined ? '' : ` by ${by}`}`;

/** Its cause or its repair, and how to take it on while nobody has. */
function nextOf({ subject, state, alertId }: Alert): readonly string[] {
  const cause = { finding: `explain ${subject.id}`, remediation: `repairs ${subject.id}` };
  const looks = subject.kind === 'finding' || subject.kind === 'remediation' ? [cause[subject.kind]] : [];
  return state === 'open' ? [...looks, `acknowledge ${alertId}`] : looks;
}
