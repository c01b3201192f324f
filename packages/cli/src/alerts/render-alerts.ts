import type { Alert, AlertsAnswer } from '@lamplighter/contracts';
import { escapeText } from '../terminal/escape-text.ts';
import { fitRow } from '../terminal/fit-row.ts';
import { formatCount, formatMinute } from '../terminal/format-value.ts';
import type { Colour, Paint } from '../terminal/paint.ts';

export const COLOURS: Readonly<Record<Alert['severity'], Colour>> = {
  critical: 'red',
  warning: 'yellow',
  info: 'cyan',
};

/** Of how many alerts these are some: a number, or `unknown` where there are more, and nobody counted them. */
export type AlertTotal = number | 'unknown';

/** Alerts as they come: a row each, and below it why nobody could be told, where that is so. `width`: columns that a line may fill. `chosen`: which they are, where they are some of more; `found` where others may be among what was not looked through. */
export function renderAlerts(
  alerts: readonly Alert[],
  paint: Paint,
  {
    total = alerts.length,
    chosen = 'worst',
    width = Number.POSITIVE_INFINITY,
  }: { readonly total?: AlertTotal; readonly chosen?: 'worst' | 'newest' | 'found'; readonly width?: number } = {},
): string {
  const rows = alerts.flatMap((alert) => {
    const { severity, title, alertId, openedAt, occurrences } = alert;
    const flood = occurrences > 1 ? `, ${formatCount(occurrences, 'occurrence')}` : '';
    const row = {
      ...{ mark: severity.padEnd(8), colour: COLOURS[severity], id: escapeText(alertId), title: escapeText(title) },
      note: `${stateOf(alert)}, opened ${formatMinute(openedAt)}${flood}`,
    };
    return [...fitRow(row, paint, width), ...below(alert).map((text) => paint('dim', `          ${text}`))];
  });
  const count = countOf(alerts.length, total, chosen);
  return `${[...rows, paint('dim', count)].join('\n')}\n`;
}

const below = (alert: Alert): string[] => [...membersOf(alert).map(escapeText), ...unheard(alert)];

/** What an alert of several is about, each with its own time; nothing of an alert of one. */
export const membersOf = ({ members = [] }: Alert): string[] =>
  members.length < 2
    ? []
    : members.map(({ title, since, isOver }) => `since ${formatMinute(since)}  ${title}${isOver ? ' (over)' : ''}`);

function countOf(shown: number, total: AlertTotal, chosen: string): string {
  if (total === 'unknown' && chosen === 'found') return `${formatCount(shown, 'alert')}; not all were looked through`;
  if (total === 'unknown') return `the ${chosen} ${formatCount(shown, 'alert')}; there are more`;
  return total > shown ? `${shown} of ${formatCount(total, 'alert')}, the ${chosen}` : formatCount(shown, 'alert');
}

type OnCall = Pick<Extract<AlertsAnswer, { kind: 'on-call' }>, 'rotas' | 'silences'>;

/** Who is on call, a rota a line; where nobody is, that there is no rota. Below it what nobody is told of for a while. */
export function renderOnCall({ rotas, silences = [] }: OnCall): string {
  const width = Math.max(0, ...rotas.map(({ rota }) => rota.length));
  const lines = [
    ...rotas.map(({ rota, person }) => `${rota.padEnd(width)}  ${person}`),
    ...(rotas.length === 0 ? ['No rota in the policy: nobody is on call.'] : []),
    ...silences.map(({ about, until, because }) => `silenced until ${formatMinute(until)}: ${about} (${because})`),
  ];
  return lines.map((line) => `${escapeText(line)}\n`).join('');
}

export function stateOf({ state, acknowledgedBy, snoozedUntil, closedBecause }: Alert): string {
  if (state === 'acknowledged') return `taken on by ${escapeText(acknowledgedBy ?? '')}`;
  if (state === 'snoozed' && snoozedUntil !== undefined) return `snoozed until ${formatMinute(snoozedUntil)}`;
  return state === 'closed' ? escapeText(closedBecause ?? 'closed') : state;
}

const unheard = ({ deliveries }: Alert): string[] =>
  deliveries
    .filter(({ state }) => state === 'failed' || state === 'undeliverable')
    .map(({ channel, state, reason }) =>
      escapeText(`${channel}: ${state}${reason === undefined ? '' : `, ${reason}`}`),
    );
