import type { LinkedTrace } from './span.ts';

/** Fewer traces than these tell no outlier from a kind of its own. */
const LEAST_TRACES = 5;
const MOST_DROPPED = 0.1;
/** Interquartile ranges above the upper quartile: Tukey's outer fence (Exploratory Data Analysis, 1977), on the logarithm, for durations are skewed. */
const FENCE = 3;
/** A tenth on the logarithm: durations that hardly scatter have a fence too. */
const LEAST_RANGE = 0.1;

/**
 * The traces of normal times without the few that were far out: a start from cold, a database that woke up. One of fifteen seconds among twenty
 * of a tenth makes a mean that no slow-down exceeds. At most a tenth is left out: what is more frequent belongs to the normal.
 */
export function usualTraces(traces: readonly LinkedTrace[]): readonly LinkedTrace[] {
  if (traces.length < LEAST_TRACES) return traces;
  const sorted = traces.map(logDuration).sort((a, b) => a - b);
  const quartile = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  const range = Math.max(LEAST_RANGE, quartile(0.75) - quartile(0.25));
  const fence = quartile(0.75) + FENCE * range;
  const allowed = Math.max(1, Math.floor(traces.length * MOST_DROPPED));
  const farOut = new Set(
    traces
      .filter((trace) => logDuration(trace) > fence)
      .toSorted((a, b) => b.durationMs - a.durationMs)
      .slice(0, allowed),
  );
  return traces.filter((trace) => !farOut.has(trace));
}

const logDuration = ({ durationMs }: LinkedTrace): number => Math.log(1 + durationMs);
