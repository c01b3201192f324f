import { dropToNothingDetector } from '@lamplighter/time-series';
import type { Histogram } from '../statistics/histogram.ts';
import type { Fact } from '../windows/fact.ts';
import { type Baseline, NEW_BASELINE } from './baseline.ts';
import type { Incident, Suspicion } from './incident.ts';
import { NO_RECENT, type Recent } from './recent.ts';

/** Calls of a version since it was first seen, forgotten by half a day. */
export interface VersionRecord {
  readonly version: string;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly calls: number;
  readonly failures: number;
  /** Of calls that did not start an environment. */
  readonly durations: Histogram;
  /** Of the last hundred or so of them; absent in states from before it was known. */
  readonly last?: Histogram;
  /** How long its environments took to start, ms; absent in states from before it was known. */
  readonly inits?: Histogram;
}

export interface KnownFingerprint {
  readonly id: string;
  readonly firstAt: number;
  readonly lastAt: number;
}

/** What is known of a function after a minute: a fold of its minutes in their order. Everything in it is bounded. */
export interface Core {
  /** Minutes with figures. */
  readonly minutes: number;
  readonly firstAt: number | null;
  readonly newestAt: number | null;
  /** Newest minute with calls. */
  readonly calledAt: number | null;
  /** Sum of (1 + revision) over all minutes, and of the facts. */
  readonly total: number;
  /** That sum before each of the minutes that may still be corrected. */
  readonly tail: readonly (readonly [start: number, totalBefore: number])[];
  readonly baseline: Baseline;
  readonly recent: Recent;
  /** Calls of each of the last ten minutes with figures, newest last. */
  readonly lastCalls: readonly number[];
  readonly lastConcurrency: readonly number[];
  readonly lastIteratorAgeMs: readonly number[];
  /** Highest memory in use of each of the last fifteen minutes with calls, MB, newest last. */
  readonly lastMemoryMb: readonly number[];
  readonly missingMinutes: number;
  /** The detector of runs of minutes without calls. */
  readonly silence: ReturnType<typeof dropToNothingDetector.init>;
  readonly versions: readonly VersionRecord[];
  readonly fingerprints: readonly KnownFingerprint[];
  /** The first minute whose errors are told apart by their HTTP status: before, all statuses had one name. Absent in states from before it was known. */
  readonly statusesSince?: number;
  /** The timeout that windows told last: they tell it only where a call timed out. */
  readonly timeoutMs: number | null;
  /** The newest deploy that was told as a fact. */
  readonly deployedAt: number | null;
  /** When the function was deleted; null where it was not, or was made anew, absent in states from before it was known. */
  readonly goneAt?: number | null;
  /** Facts of the last half hour, and alarms that are on: so many of each kind. */
  readonly facts: readonly Fact[];
  readonly suspicions: readonly Suspicion[];
  readonly incidents: readonly Incident[];
  /** Since when calls look slower than usual, whether or not it is certain; null where they do not, absent in states from before it was known. */
  readonly slowSince?: number | null;
  /** When they began to look so last: anew after minutes without calls, as a function of bursts has them. */
  readonly slowAgainAt?: number | null;
  /** Memory sizes with what they cost and took: at most four. */
  readonly sizes: readonly SizeRecord[];
}

/** Calls at one memory size. */
export interface SizeRecord {
  readonly memorySizeMb: number;
  readonly calls: number;
  readonly costUsd: number;
  readonly durations: Histogram;
  readonly maxMemoryUsedMb: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

export const NEW_CORE: Core = {
  minutes: 0,
  firstAt: null,
  newestAt: null,
  calledAt: null,
  total: 0,
  tail: [],
  baseline: NEW_BASELINE,
  recent: NO_RECENT,
  lastCalls: [],
  lastConcurrency: [],
  lastIteratorAgeMs: [],
  lastMemoryMb: [],
  missingMinutes: 0,
  silence: dropToNothingDetector.init(),
  versions: [],
  fingerprints: [],
  timeoutMs: null,
  deployedAt: null,
  facts: [],
  suspicions: [],
  incidents: [],
  sizes: [],
};
