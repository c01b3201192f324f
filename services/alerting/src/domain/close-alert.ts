import { toldIfItLasts } from './flapping.ts';
import { withEntry } from './history.ts';
import type { StoredAlert } from './stored-alert.ts';
import { withNotice } from './with-notice.ts';

export interface Closing {
  readonly by: NonNullable<StoredAlert['closedBy']>;
  readonly because: string;
  /** Who closed it, where a person did. */
  readonly person?: string;
  /** It was silenced: what came and went meanwhile is told to nobody. */
  readonly isSilenced?: boolean;
}

/** The alert is over. Its identity stays; the next of its group opens another one, unless nobody has been told of this one yet. */
export function closeAlert(alert: StoredAlert, { by, because, person, isSilenced }: Closing, now: number): StoredAlert {
  const { nextStepAt: _, snoozedUntil: __, ...rest } = alert;
  const closed = { ...rest, state: 'closed', closedAt: now, closedBecause: because, closedBy: by } as const;
  const untoldAt = by === 'recovery' && !isSilenced ? toldWhenOver(alert, now) : undefined;
  return withNotice({ ...closed, ...(untoldAt !== undefined && { nextStepAt: untoldAt }) }, 'closed', now, person);
}

/** When what is over is told to those whom nothing held back would have told before; undefined where they were told, or its first step was still to come. */
function toldWhenOver({ stepsTaken, nextStepAt, heldUntil = 0 }: StoredAlert, now: number): number | undefined {
  if (stepsTaken > 0 || nextStepAt === undefined) return undefined;
  if (heldUntil > now) return heldUntil;
  return nextStepAt <= now ? nextStepAt : undefined;
}

/**
 * Trouble that came and went while its first step was held back, by quiet hours or because its group comes and goes: it is told when that ends, since trouble
 * that nobody heard of was trouble.
 */
export const isHeldBack = ({ state, nextStepAt }: StoredAlert): boolean =>
  state === 'closed' && nextStepAt !== undefined;

/** The alert as if it had not ended: what comes back before anybody was told is one alert, not another for each time. */
export function reopened(alert: StoredAlert, now: number): StoredAlert {
  if (alert.state !== 'closed') return alert;
  const { closedAt: _, closedBecause: __, closedBy: ___, notice: ____, acknowledgedBy: _____, ...rest } = alert;
  const open = withEntry({ ...rest, state: 'open' }, { at: now, change: 'opened' });
  if (open.heldUntil === undefined) return open;
  // The execution that is under way sleeps until the hour is over.
  return { ...open, nextStepAt: toldIfItLasts(open.heldUntil, now), escalationRun: open.escalationRun + 1 };
}
