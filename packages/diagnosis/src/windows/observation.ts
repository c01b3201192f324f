import type { Histogram } from '../statistics/histogram.ts';

/** One version's calls in a minute. */
export interface VersionObservation {
  readonly version: string;
  readonly calls: number;
  readonly failures: number;
  /** Calls that started an environment; absent in windows that do not tell them by version. */
  readonly coldStarts?: number;
  readonly histogram: Histogram;
  /** How long its environments took to start, where all that started in the minute were its; ms. */
  readonly inits?: Histogram;
}

/** Errors of one fingerprint in a minute; `text` is already visible, short and quoted nowhere. */
export interface FingerprintObservation {
  readonly id: string;
  readonly count: number;
  readonly text: string;
  readonly requestIds: readonly string[];
}

/** A minute as the assessment keeps it: bounded, cleaned, its sketch read. Durations ms, memory MB, costs USD. */
export interface Observation {
  readonly start: number;
  readonly revision: number;
  readonly calls: number;
  readonly errors: number;
  readonly timeouts: number;
  readonly outOfMemory: number;
  readonly initErrors: number;
  readonly coldStarts: number;
  readonly initMs: number;
  /** How long environments took to start, ms; absent where none did. */
  readonly inits?: Histogram;
  readonly durationSumMs: number;
  readonly durationMaxMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly histogram: Histogram;
  readonly memoryUsedMb: number;
  readonly memorySizeMb: number;
  readonly costUsd: number;
  /** Requests to look at. */
  readonly slowest: readonly string[];
  readonly timedOut: readonly string[];
  readonly outOfMemoryIds: readonly string[];
  readonly versions?: readonly VersionObservation[];
  readonly fingerprints?: readonly FingerprintObservation[];
  /** Errors that were logged by calls which ended well. */
  readonly handled?: readonly FingerprintObservation[];
  readonly maxConcurrency?: number;
  readonly throttles?: number;
  readonly iteratorAgeMs?: number;
  readonly recursionsDropped?: number;
  readonly timeoutMs?: number;
}

/** A minute in which nobody called. */
export const withoutCalls = (start: number): Observation => ({
  start,
  revision: 0,
  calls: 0,
  errors: 0,
  timeouts: 0,
  outOfMemory: 0,
  initErrors: 0,
  coldStarts: 0,
  initMs: 0,
  durationSumMs: 0,
  durationMaxMs: 0,
  p50Ms: 0,
  p95Ms: 0,
  histogram: [],
  memoryUsedMb: 0,
  memorySizeMb: 0,
  costUsd: 0,
  slowest: [],
  timedOut: [],
  outOfMemoryIds: [],
});

/** A minute of which the source says that it knows nothing. */
export interface MissingObservation {
  readonly start: number;
  readonly revision: number;
  readonly isMissing: true;
}

export const failuresOf = (seen: Observation): number =>
  Math.min(seen.calls, seen.errors + seen.timeouts + seen.outOfMemory + seen.initErrors);

/** Calls that ended well and logged an error. */
export const handledCalls = ({ calls, handled = [] }: Pick<Observation, 'calls' | 'handled'>): number =>
  Math.min(
    calls,
    handled.reduce((sum, { count }) => sum + count, 0),
  );
