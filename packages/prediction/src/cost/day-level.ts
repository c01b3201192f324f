/** What a day costs by the mean, and how far one lies from it. */
export interface DayLevel {
  readonly mean: number;
  /** Standard deviation of a day around it; what comes back every week is no deviation. */
  readonly sd: number;
  /** By how much the mean has moved from week to week, beyond what days that lie around it by chance make it; 0 before two weeks are known. */
  readonly drift: number;
  /** Days that speak for it. */
  readonly days: number;
}

/** Fewer days are no new level: one dear day is not. */
const LEAST_DAYS = 3;
const SIGNIFICANT = 3;
const WEEK = 7;

/**
 * The mean of the newest days that have one level: as many as nothing speaks against, in whole weeks from one week on. The days before a shift that is larger than three standard errors, by the
 * spread of all of them and by that of either side, are left out (binary segmentation, Scott & Knott, Biometrics 30, 1974).
 */
export function dayLevelOf(days: readonly number[]): DayLevel {
  const newest = wholeWeeks(newestLevel(days));
  return { mean: meanOf(newest), sd: spreadOf(newest), drift: driftOf(wholeWeeks(days)), days: newest.length };
}

function newestLevel(days: readonly number[]): readonly number[] {
  const splits = Array.from({ length: Math.max(0, days.length - 2 * LEAST_DAYS + 1) }, (_, at) => at + LEAST_DAYS);
  const [shift] = splits
    .map((from) => ({ from, errors: standardErrors(days.slice(0, from), days.slice(from), sdOf(days)) }))
    .sort((a, b) => b.errors - a.errors);
  return shift !== undefined && shift.errors > SIGNIFICANT ? newestLevel(days.slice(shift.from)) : days;
}

/** By how many standard errors two means differ: the larger of the pooled one and Welch's. */
function standardErrors(before: readonly number[], after: readonly number[], sd: number): number {
  const pooled = sd * Math.sqrt(1 / before.length + 1 / after.length);
  const welch = Math.sqrt(sdOf(before) ** 2 / before.length + sdOf(after) ** 2 / after.length);
  const error = Math.max(pooled, welch);
  return error > 0 ? Math.abs(meanOf(after) - meanOf(before)) / error : 0;
}

/** Weekdays and weekends in the proportion in which they come. */
const wholeWeeks = (days: readonly number[]): readonly number[] =>
  days.length < WEEK ? days : days.slice(days.length % WEEK);

function driftOf(days: readonly number[]): number {
  const weeks = Array.from({ length: Math.floor(days.length / WEEK) }, (_, week) =>
    meanOf(days.slice(week * WEEK, (week + 1) * WEEK)),
  );
  const moves = weeks.slice(1).map((week, at) => week - weeks[at]!);
  return Math.sqrt(Math.max(0, meanOf(moves.map((move) => move ** 2)) - (2 * spreadOf(days) ** 2) / WEEK));
}

/** From two weeks on by what differs from week to week. */
function spreadOf(days: readonly number[]): number {
  if (days.length < 2 * WEEK) return sdOf(days);
  const moves = days.slice(WEEK).map((day, at) => day - days[at]!);
  return Math.sqrt(meanOf(moves.map((move) => move ** 2)) / 2);
}

function sdOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1));
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
