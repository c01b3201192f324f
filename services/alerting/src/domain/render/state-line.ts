import type { StoredAlert } from '../stored-alert.ts';

/** Where the alert stands, in one line. */
export function stateLine(alert: StoredAlert): string {
  const since = `since ${clock(alert.openedAt)}`;
  const flood = alert.occurrences > 1 ? `, ${alert.occurrences} occurrences` : '';
  switch (alert.state) {
    case 'open':
      return `Open ${since}${flood}${alert.stepsTaken > 1 ? `, escalated ${alert.stepsTaken - 1} times` : ''}`;
    case 'acknowledged':
      return `Taken on by ${alert.acknowledgedBy}, open ${since}${flood}`;
    case 'snoozed':
      return `Snoozed until ${clock(alert.snoozedUntil!)}${byWhom(alert)}, open ${since}${flood}`;
    case 'closed':
      return `Closed at ${clock(alert.closedAt!)}: ${alert.closedBecause}${flood}`;
  }
}

function byWhom({ history = [] }: StoredAlert): string {
  const by = history.findLast(({ change }) => change === 'snoozed')?.by;
  return by === undefined ? '' : ` by ${by}`;
}

/** `2026-11-21 03:04 UTC` */
export const clock = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
