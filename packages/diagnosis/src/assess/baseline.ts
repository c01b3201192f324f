import type { Histogram } from '../statistics/histogram.ts';
import type { LearntChance } from '../statistics/timeout-chance.ts';
import type { DailyLevels } from './daily-levels.ts';
import type { ServedVersion } from './served-version.ts';

/** A share as its parts: events of trials, both forgotten at the same pace. */
export type Share = readonly [events: number, trials: number];

/** Classes of failure that are counted apart. */
export type FailureKind = 'errors' | 'timeouts' | 'outOfMemory' | 'initErrors';

/** Calls by the hour of the week, and how far a minute strays from what was expected. */
export interface Load {
  readonly minutes: number;
  /** Calls a minute, mean of each hour of the week (UTC, Monday 0 h is 96): 168 figures. */
  readonly profile: readonly number[];
  /** Visits of each hour, 0 to 9. */
  readonly visits: readonly number[];
  /** Of the hour that is running: which one, sum, minutes. */
  readonly hour: readonly [index: number, sum: number, minutes: number];
  /** The last quarter of an hour, exponentially weighted. */
  readonly recent: number;
  /** Variance of a minute over its expected mean. */
  readonly dispersion: number;
  /** The highest ratio to the expectation that was seen lately. */
  readonly peakRatio: number;
}

/** What is usual for a function. Learnt from each window after it was judged, slowly while something is wrong. */
export interface Baseline {
  readonly failures: Readonly<Record<FailureKind, Share>>;
  readonly cold: Share;
  readonly throttled: Share;
  /** Calls that dealt with an error about connections or refusals; absent in states from before it was known. */
  readonly pressed?: Share;
  /** Calls that dealt with an answer 429; absent in states from before they were told from other numbers. */
  readonly tooMany?: Share;
  /** Calls that logged an error and ended well; absent in states from before it was known. */
  readonly handled?: Share;
  /** Durations of about a day of traffic, a busy minute counting as 200 calls. */
  readonly durations: Histogram;
  /** Of the version that serves; absent where none is told, and in states from before it was known. */
  readonly served?: ServedVersion;
  /** Durations by the hour of the day; absent in states from before it was known. */
  readonly levels?: DailyLevels;
  /** Mean distance of the median of the last few calls from the usual one, or from where it has been lately if that is below, as a logarithm. */
  readonly medianNoise: number;
  /** Where that median has been lately, as a logarithm over the usual one; absent in states from before it was known. */
  readonly medianLead?: number;
  /** Variance of a minute's slow calls over a binomial's, 1 or more; absent in states from before it was known. See slow-tail.ts. */
  readonly tailDispersion?: number;
  /** Mean of the probability that a call crosses the timeout, by the fits of half a day; absent where none was to be fitted yet. See timeout-chance.ts. */
  readonly timeoutChance?: LearntChance;
  readonly load: Load;
  readonly initMs: number;
  /** The highest memory in use, smoothed; MB. */
  readonly memoryMb: number;
  /** The highest memory in use of each five minutes, newest last, at most 24. */
  readonly memorySamplesMb: readonly number[];
  readonly memorySlot: readonly [start: number, maxMb: number];
  /** USD of a call. */
  readonly callUsd: number;
  readonly concurrency: number;
  readonly iteratorAgeMs: number;
}

export const NEW_BASELINE: Baseline = {
  failures: { errors: [0, 0], timeouts: [0, 0], outOfMemory: [0, 0], initErrors: [0, 0] },
  cold: [0, 0],
  throttled: [0, 0],
  pressed: [0, 0],
  durations: [],
  medianNoise: 0.1,
  load: {
    minutes: 0,
    profile: new Array<number>(168).fill(0),
    visits: new Array<number>(168).fill(0),
    hour: [-1, 0, 0],
    recent: 0,
    dispersion: 1,
    peakRatio: 1,
  },
  initMs: 0,
  memoryMb: 0,
  memorySamplesMb: [],
  memorySlot: [0, 0],
  callUsd: 0,
  concurrency: 0,
  iteratorAgeMs: 0,
};

/** Before so many calls nobody knows whether a function logs an error each day. */
export const LEAST_KNOWN_CALLS = 300;

/** A share with a prior of half an event in so many trials, and never below a floor: rare is not the same as impossible. */
export function usualShare([events, trials]: Share, floor: number, priorTrials = 50): number {
  return Math.min(0.999, Math.max(floor, (events + 0.5) / (trials + priorTrials)));
}
