import type { Traffic } from '@lamplighter/remedies';

/** Three minutes of a function in which nothing is wrong. */
export const CALM: Traffic = {
  minutes: 3,
  callsPerMinute: 20,
  peakConcurrency: 2,
  p50Ms: 80,
  p95Ms: 120,
  maxMs: 200,
  failureShare: 0,
  timeoutShare: 0,
  outOfMemoryShare: 0,
  coldStartShare: 0,
  maxMemoryUsedMb: 100,
};
