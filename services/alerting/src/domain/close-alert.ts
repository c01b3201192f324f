import type { StoredAlert } from './stored-alert.ts';

/** The alert is over. Its identity stays; the next of its group opens another one. */
export function closeAlert(alert: StoredAlert, because: string, now: number): StoredAlert {
  const { nextStepAt: _, snoozedUntil: __, ...rest } = alert;
  return {
    ...rest,
    state: 'closed',
    closedAt: now,
    closedBecause: because,
    updatedAt: now,
    revision: alert.revision + 1,
    lastChange: 'closed',
  };
}
