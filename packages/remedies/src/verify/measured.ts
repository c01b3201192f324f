import { probabilityAbove } from '@lamplighter/time-series';
import type { Traffic } from '../remedy-context.ts';
import type { RepairTrial } from './judge-repair.ts';

/** What a repair may be measured by, of one minute or of many. */
export type Measurable = Pick<
  Traffic,
  'failureShare' | 'timeoutShare' | 'outOfMemoryShare' | 'coldStartShare' | 'p50Ms' | 'p95Ms'
> &
  Partial<Pick<Traffic, 'meanMs' | 'memoryUse' | 'peakConcurrency' | 'tail' | 'throttledShare' | 'iteratorAgeMs'>>;

/** The metric in its own unit; undefined where the figures do not tell it. */
export function measured({ metric, limit }: Pick<RepairTrial, 'metric' | 'limit'>, of: Measurable): number | undefined {
  switch (metric) {
    case 'none':
      return undefined;
    case 'failure-share':
      return of.failureShare;
    case 'timeout-share':
      return of.timeoutShare;
    case 'out-of-memory-share':
      return of.outOfMemoryShare;
    case 'cold-start-share':
      return of.coldStartShare;
    case 'throttled-share':
      return of.throttledShare;
    case 'unserved-share':
      return of.throttledShare === undefined ? undefined : unserved(of.throttledShare, of.failureShare);
    case 'iterator-age-ms':
      return of.iteratorAgeMs;
    case 'p50-ms':
      return of.p50Ms;
    case 'p95-ms':
      return of.p95Ms;
    case 'memory-use':
      return of.memoryUse;
    case 'concurrency-use':
      return limit === undefined || of.peakConcurrency === undefined ? undefined : of.peakConcurrency / limit;
    case 'timeout-risk':
      if (limit === undefined || of.tail === undefined) return undefined;
      // Who was stopped at the timeout would have taken longer.
      return Math.max(of.timeoutShare, probabilityAbove(of.tail, limit));
  }
}

/** Who was turned away, and of those who were let in, who failed. */
export const unserved = (throttledShare: number, failureShare: number): number =>
  throttledShare + (1 - throttledShare) * failureShare;
