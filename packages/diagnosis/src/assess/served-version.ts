import { countOf, fade, type Histogram, quantileOf } from '../statistics/histogram.ts';
import { significant } from '../statistics/significant.ts';
import type { Observation } from '../windows/observation.ts';
import type { Baseline } from './baseline.ts';
import { leadOf, levelAt, NO_LEVELS } from './daily-levels.ts';

/** The version that serves now, and what it took while nothing was wrong, as long as that may be another thing than what all versions of a day took. */
export interface ServedVersion {
  readonly version: string;
  readonly minutes: number;
  readonly durations?: Histogram;
}

const BUSY_MINUTE = 200;
const HALF_DAY = 720;
/** Calls of a minute that a version has to have for the minute to be its own. */
const WHOLE_SHARE = 0.9;
const LEAST_MINUTES = 60;
/** A version that is not faster by then is not told apart any more, and none is after a day: a state is paid for by its size. */
const SETTLED_MINUTES = 180;
const MOST_MINUTES = 1_440;
const LEAST_CALLS = 100;
/** A version is faster when it takes a quarter less. */
const FASTER = 0.75;
/** What a slow-down is told by: while a day's durations are half of each version, their median may be the new one's and their p75 the old one's. */
const MIDDLE = [0.5, 0.75];

/** The version that has practically all calls of a minute; undefined where none has, or none is told. */
export const servingIn = ({ versions = [], calls }: Pick<Observation, 'versions' | 'calls'>): string | undefined =>
  versions.find((each) => each.calls >= calls * WHOLE_SHARE)?.version;

/** The version that serves, after a minute that has calls. */
export function learnServed(baseline: Baseline, seen: Observation, weight: number): ServedVersion | undefined {
  const { served: known } = baseline;
  const version = servingIn(seen);
  if (version === undefined) return known;
  const { minutes, durations } = known?.version === version ? known : { minutes: 0, durations: [] };
  if (durations === undefined) return known;
  const share = weight * Math.min(1, BUSY_MINUTE / seen.calls);
  const served = {
    version,
    minutes: significant(minutes + weight, 5),
    durations: fade(durations, 1 - weight / HALF_DAY, seen.histogram, share),
  };
  const isSettled = served.minutes >= SETTLED_MINUTES && !isFaster(served.durations, baseline);
  return isSettled || served.minutes >= MOST_MINUTES ? { version, minutes: served.minutes } : served;
}

/**
 * The durations that a minute's are compared with: a day's, of whatever version; or those of the version that serves, where it has served for an hour and takes a quarter less than what was
 * there before it: what was usual before a release that made the function faster says little of it, and would hide for half a day that it has become slow again.
 */
export function usualDurations(baseline: Baseline, seen: Observation): Histogram {
  const { durations, served } = baseline;
  if (served?.durations === undefined || served.version !== servingIn(seen)) return durations;
  if (served.minutes < LEAST_MINUTES || countOf(served.durations) < LEAST_CALLS) return durations;
  return isFaster(served.durations, baseline) ? served.durations : durations;
}

/** Than at the same hours of the day, where these are known: at night everything may be faster. */
function isFaster(now: Histogram, { durations, levels = NO_LEVELS }: Baseline): boolean {
  const lead = leadOf(levels) ?? Math.min(...MIDDLE.map((each) => leadAt(each, now, durations)));
  return lead <= Math.log(FASTER);
}

/** Beyond what each day brings, an hour is slow when it takes a third longer: medians of some twenty calls stray by a tenth. */
const BEYOND_LEVEL = 1.35;

/** How many times the usual calls have to take at this time of the day to be slow; 0 where it is not known what is usual then. */
export function ratioAtThisHour(baseline: Baseline, seen: Observation): number {
  const levelMs = levelAt(baseline.levels ?? NO_LEVELS, seen.start);
  return levelMs === undefined ? 0 : (BEYOND_LEVEL * levelMs) / medianOf(usualDurations(baseline, seen));
}

const leadAt = (quantile: number, now: Histogram, before: Histogram): number =>
  Math.log((quantileOf(now, quantile) ?? 1) / (quantileOf(before, quantile) ?? 1));

const medianOf = (durations: Histogram): number => quantileOf(durations, 0.5) ?? 1;
