import type { StoredAlert } from './stored-alert.ts';
import { withNotice } from './with-notice.ts';

export interface Closing {
  readonly by: NonNullable<StoredAlert['closedBy']>;
  readonly because: string;
}

/** The alert is over. Its identity stays; the next of its group opens another one, unless nobody has been told of this one yet. */
export function closeAlert(alert: StoredAlert, { by, because }: Closing, now: number): StoredAlert {
  const { nextStepAt, snoozedUntil: _, ...rest } = alert;
  const closed = { ...rest, state: 'closed', closedAt: now, closedBecause: because, closedBy: by } as const;
  const isUntold = by === 'recovery' && alert.stepsTaken === 0 && nextStepAt !== undefined && nextStepAt <= now;
  return withNotice({ ...closed, ...(isUntold && { nextStepAt }) }, 'closed', now);
}

/** Trouble that came and went while quiet hours held its first step back: it is told when they end, since trouble that nobody heard of was trouble. */
export const isHeldBack = ({ state, nextStepAt }: StoredAlert): boolean =>
  state === 'closed' && nextStepAt !== undefined;

/** The alert as if it had not ended: what comes back before anybody was told is one alert, not another for each time. */
export function reopened(alert: StoredAlert): StoredAlert {
  if (alert.state !== 'closed') return alert;
  const { closedAt: _, closedBecause: __, closedBy: ___, notice: ____, acknowledgedBy: _____, ...rest } = alert;
  return { ...rest, state: 'open' };
}
