import type { Core } from './core.ts';
import type { FunctionContext } from './function-context.ts';
import { HELD_MS, LATENESS_MS, MINUTE_MS, type Step } from './step.ts';

/** How long silence is told where nobody said so: ingestion's default, minutes. */
const SILENT_MINUTES = 30;

/** After so long without a call what is quiet is over, ms: half an hour, or as long as silence is told. */
export const silenceMsOf = ({ silenceMinutes = SILENT_MINUTES }: FunctionContext): number =>
  Math.max(1, Math.min(SILENT_MINUTES, silenceMinutes)) * MINUTE_MS;

/**
 * Before this minute everything is settled: what is older comes too late. Ten minutes before the newest window; but not beyond a minute that is still owed, for an
 * hour: where a queue had to wait, what is newer may come first. Facts and figures of CloudWatch settle nothing that windows have still to tell.
 */
export function horizonOf(pending: readonly Step[], checkpoint: Core, context: FunctionContext): number {
  const newest = pending.at(-1)?.start;
  if (newest === undefined) return Number.NEGATIVE_INFINITY;
  const windows = pending.filter(({ seen }) => seen !== undefined);
  const inTime = (windows.at(-1)?.start ?? newest) - LATENESS_MS;
  const owed = lastBeforeGap(windows, checkpoint.calledAt, context) ?? inTime;
  return Math.max(newest - HELD_MS, Math.min(inTime, owed));
}

/** The last window before minutes that are missing; a function whose silence was told to its end owes none. */
function lastBeforeGap(
  windows: readonly Step[],
  calledBefore: number | null,
  { silenceMinutes = SILENT_MINUTES }: FunctionContext,
): number | undefined {
  let calledAt = calledBefore;
  for (const [index, { start, seen }] of windows.entries()) {
    if (seen !== undefined && !('isMissing' in seen) && seen.calls > 0) calledAt = start;
    const next = windows[index + 1]?.start ?? start;
    const isSilenceTold = calledAt === null || start - calledAt >= silenceMinutes * MINUTE_MS;
    if (next - start > MINUTE_MS && !isSilenceTold) return start;
  }
  return undefined;
}
