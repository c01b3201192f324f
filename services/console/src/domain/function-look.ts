import { lookUntil } from './look-until.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const MOST_COLUMNS = 60;

/** The time that a page shows of a function, epoch milliseconds. */
export interface FunctionLook {
  /** Where its first column begins. */
  readonly since: number;
  readonly until: number;
  /** Length of a column: whole minutes, so that there are sixty at most, and of a look that goes on one that has only begun. */
  readonly stepMs: number;
}

interface Asked {
  /** 1 to 24. */
  readonly hours: number;
  /** Epoch milliseconds; absent for the last hours. Beyond now is now. */
  readonly until?: number | undefined;
}

/**
 * The last hours, or those before an instant of the past. The columns of a past look are whole and end where it ends; those of the last hours begin
 * at full steps, so that they stay where they are while it goes on.
 */
export function functionLook({ hours, until }: Asked, now: number): FunctionLook {
  const newest = lookUntil(now);
  const lengthMs = hours * HOUR_MS;
  const stepMs = lengthMs / MOST_COLUMNS;
  const asked = until === undefined ? newest : Math.max(lengthMs, Math.ceil(until / MINUTE_MS) * MINUTE_MS);
  if (asked < newest) return { since: asked - lengthMs, until: asked, stepMs };
  return { since: Math.floor((newest - lengthMs) / stepMs) * stepMs, until: newest, stepMs };
}
