import type { LogFormat } from '../../records/log-record.ts';
import type { Bracket } from './bracket.ts';
import type { LifecycleMark } from './invocation-span.ts';
import { NEIGHBOURHOOD_MS } from './neighbourhood.ts';
import { partitionPoint } from './partition-point.ts';

/** A mark that nothing explains: a record of the platform was lost, or somebody else wrote this one. */
export const ORPHAN = 100;
/**
 * A mark inside a bracket whose length its REPORT does not confirm: the application wrote it. Once it quotes one record it may quote
 * hundreds, so the cost is capped, and below that of losing two real ones. Inside a confirmed bracket quotes cost nothing.
 */
const QUOTED = 40;
const QUOTED_AT_MOST = 150;
/** In the text format the platform writes END just before REPORT. */
const WITHOUT_END = 60;
/** What a background task printed got between END and REPORT: cheaper than an orphan beside a REPORT that was printed there. */
const END_APART = 40;
const WITHOUT_REPORT = 100;
/** An earlier START of the same request explains the reported duration: this one is a copy. */
const COPIED_START = 200;
/** How far a reported duration may be from the time between START and REPORT: timestamps are whole and written a little late. */
const FITS_WITHIN_MS = 250;
/** The same of long invocations. */
export const FITS_WITHIN_SHARE = 0.02;
/** A REPORT comes when the invocation ends: longer than this after its reported duration it was not its own. Dearer than any orphans. */
const REPORTED_WITHIN_MS = 60_000;
const TOO_LATE = 1_000;

/** What a bracketing costs for this bracket: what its records do not explain. */
export function bracketCost(
  marks: readonly LifecycleMark[],
  { open, end, close }: Bracket,
  starts: readonly number[],
  format: LogFormat,
): number {
  const closing = marks[close] as LifecycleMark;
  const ownEnd = end === undefined || end === close ? 0 : 1;
  const quoted = Math.min((close - open - 1 - ownEnd) * QUOTED, QUOTED_AT_MOST);
  if (closing.kind === 'end') return WITHOUT_REPORT + quoted;
  const hasEnd = format === 'json' || end === close - 1;
  const elapsedMs = closing.timestamp - (marks[open] as LifecycleMark).timestamp;
  if (isTooLate(closing, elapsedMs)) return TOO_LATE;
  const isFitting = fits(closing, elapsedMs);
  const copied = isCopiedStart(marks, open, close, starts) ? COPIED_START : 0;
  if (hasEnd) return (isFitting ? 0 : quoted) + copied;
  return quoted + copied + (end !== undefined && isFitting ? END_APART : WITHOUT_END);
}

/** Whether a REPORT comes later than an invocation's own can. */
export function isTooLate({ durationMs, initDurationMs = 0 }: LifecycleMark, elapsedMs: number): boolean {
  return elapsedMs > (durationMs ?? NEIGHBOURHOOD_MS) + initDurationMs + REPORTED_WITHIN_MS;
}

/** START is written before the initialisation in old logs, after it in new ones; the duration never includes it. */
function fits({ durationMs, initDurationMs = 0 }: LifecycleMark, elapsedMs: number): boolean {
  if (durationMs === undefined) return false;
  const tolerance = FITS_WITHIN_MS + durationMs * FITS_WITHIN_SHARE;
  return (
    Math.abs(elapsedMs - durationMs) <= tolerance || Math.abs(elapsedMs - durationMs - initDurationMs) <= tolerance
  );
}

function isCopiedStart(
  marks: readonly LifecycleMark[],
  open: number,
  close: number,
  starts: readonly number[],
): boolean {
  if (starts.length === 1 || starts[0] === open) return false;
  const { timestamp, durationMs } = marks[close] as LifecycleMark;
  if (durationMs === undefined) return false;
  const tolerance = FITS_WITHIN_MS + durationMs * FITS_WITHIN_SHARE;
  const timeOf = (index: number) => (marks[starts[index] as number] as LifecycleMark).timestamp;
  const low = partitionPoint(starts.length, (index) => timeOf(index) >= timestamp - durationMs - tolerance);
  const fitting = starts[low];
  return (
    fitting !== undefined &&
    fitting < open &&
    timeOf(low) < timestamp &&
    timeOf(low) <= timestamp - durationMs + tolerance
  );
}
