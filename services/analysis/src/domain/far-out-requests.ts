import type { Span } from '@lamplighter/diagnosis';

/** Requests of before the onset, and of those since only the ones that took far longer than nearly all before. */
export interface FarOutRequests {
  readonly spans: readonly Span[];
  /** How many of them began since the onset. */
  readonly count: number;
}

/** Nine in ten of the requests before took less; half as long again is far out. */
const QUANTILE = 0.9;
const BEYOND = 1.5;

/**
 * Where few requests are slow, the mean of all of them says little of what those few wait for: these are compared with the usual ones alone.
 *
 * @param spans requests as `requestsOf` gives them: the root of each trace is the request
 */
export function farOutRequests(spans: readonly Span[], onset: number): FarOutRequests {
  const roots = spans.filter(({ parentId }) => parentId === undefined);
  const before = roots.filter(({ startMs }) => startMs < onset).map(({ durationMs }) => durationMs);
  const usualMs = before.sort((a, b) => a - b)[Math.floor(QUANTILE * (before.length - 1))];
  if (usualMs === undefined) return { spans: [], count: 0 };
  const isUsual = ({ startMs, durationMs }: Span): boolean => startMs >= onset && durationMs < usualMs * BEYOND;
  const left = new Set(roots.filter(isUsual).map(({ traceId }) => traceId));
  const count = roots.filter(({ startMs, traceId }) => startMs >= onset && !left.has(traceId)).length;
  return { spans: spans.filter(({ traceId }) => !left.has(traceId)), count };
}
