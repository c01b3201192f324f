import type { WeightedPath } from '../forecast/blend.ts';
import { growthPath } from '../forecast/growth.ts';
import type { LoadState } from '../load/load-state.ts';
import { MINUTE_MS } from '../load/minute-load.ts';
import type { Look } from './breach-life.ts';
import { hitProbabilities } from './hit-probability.ts';
import { outlookOf } from './outlook.ts';

/** How a growing duration goes on is read from so many minutes, of which so many had calls: half of them at least. */
const WINDOW_MINUTES = 90;
const RECENT_MINUTES = 30;
const BUSY_SHARE = 0.5;
const LEAST_BUSY = 5;
/** What is not called for so long does not grow. */
const SILENT_MS = 15 * MINUTE_MS;
const HORIZON_MS = 3_600_000;

/** The slowest call of a minute that had any. */
interface Slowest {
  readonly start: number;
  readonly ms: number;
}

/**
 * Whether calls will last as long as they may, from the slowest one of each minute. Nothing new is seen in a minute without calls; of a load that is called in
 * fewer than half of its minutes nothing is foreseen.
 */
export function lookAtDuration(
  load: LoadState,
  limitMs: number,
  noticeMs: number,
): { readonly look: Look; readonly weighted: readonly WeightedPath[] } | undefined {
  const { newest = 0 } = load;
  const busy = busyMinutes(load, newest);
  const last = busy.at(-1);
  if (last === undefined) return undefined;
  const at = newest + MINUTE_MS;
  const isSilent = newest - last.start >= SILENT_MS;
  const look = { at, used: isSilent ? 0 : last.ms / limitMs, probability: 0, soon: 0, horizonMs: HORIZON_MS };
  if (isSilent) return { look, weighted: [] };
  if (last.start < newest) return undefined;
  const path = isOftenCalled(busy, newest) ? growthPath(byTheMinute(busy), 0) : undefined;
  if (path === undefined) return { look, weighted: [] };
  const weighted = [{ path, weight: 1 }];
  const outlook = outlookOf(hitProbabilities(weighted, limitMs, 1), { origin: at, soonAt: at + noticeMs });
  return { weighted, look: { ...look, ...outlook } };
}

function busyMinutes({ minutes }: LoadState, newest: number): Slowest[] {
  return Object.entries(minutes)
    .filter(([start, { load }]) => load.calls > 0 && Number(start) > newest - WINDOW_MINUTES * MINUTE_MS)
    .map(([start, { load }]) => ({ start: Number(start), ms: load.maxDurationMs }))
    .sort((a, b) => a.start - b.start);
}

function isOftenCalled(busy: readonly Slowest[], newest: number): boolean {
  const since = Math.max(busy[0]!.start, newest - (RECENT_MINUTES - 1) * MINUTE_MS);
  const recent = busy.filter(({ start }) => start >= since);
  const minutes = (newest - since) / MINUTE_MS + 1;
  return recent.length >= LEAST_BUSY && recent.length >= BUSY_SHARE * minutes;
}

/** Every minute from the first to the last: those without calls lie on the line between their neighbours, so that slopes are those of the clock. */
function byTheMinute(busy: readonly Slowest[]): number[] {
  return busy.flatMap(({ start, ms }, at) => {
    const next = busy[at + 1];
    if (next === undefined) return [ms];
    const steps = (next.start - start) / MINUTE_MS;
    return Array.from({ length: steps }, (_, step) => ms + ((next.ms - ms) * step) / steps);
  });
}
