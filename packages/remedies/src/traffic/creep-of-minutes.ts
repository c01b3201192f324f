/** What a minute's calls took in the middle. */
export interface MinuteDuration {
  /** Epoch milliseconds. */
  readonly start: number;
  readonly calls: number;
  readonly p50Ms: number;
}

/** Durations that rise with time, and not at once. */
export interface Creep {
  readonly msPerMinute: number;
  /** How long it took from what is usual to what is now. */
  readonly minutes: number;
}

/** Fewer points lie on some line by chance. */
const LEAST_RISING = 3;
/** As a share of what is usual: less is noise. */
const LEAST_RISE = 0.3;

/**
 * How fast a function became slow, where it did so little by little: undefined where it did at once, or was not slow before. Of two stories with two unknowns
 * each, the one with the smaller squared error: from some minute on the durations rise along a line; or in one minute, about which nothing is said, they change
 * to a level. O(minutes squared).
 */
export function creepOf(minutes: readonly MinuteDuration[], usualMs: number): Creep | undefined {
  const values = [...minutes].filter(({ calls }) => calls > 0).sort((a, b) => a.start - b.start);
  const ramps = values.map((_, from) => rampFrom(values, from, usualMs)).filter((ramp) => ramp !== undefined);
  const [ramp] = ramps.sort((a, b) => a.error - b.error);
  const step = Math.min(...values.map((_, at) => stepAt(values, at, usualMs)));
  if (ramp === undefined || ramp.error >= step) return undefined;
  const { msPerMinute, reachedMs } = ramp;
  return reachedMs <= usualMs * (1 + LEAST_RISE)
    ? undefined
    : { msPerMinute, minutes: (reachedMs - usualMs) / msPerMinute };
}

/** The least-squares line through the minutes from one on; those before are as usual. */
function rampFrom(values: readonly MinuteDuration[], from: number, usualMs: number) {
  const rising = values.slice(from);
  if (rising.length < LEAST_RISING) return undefined;
  const at = ({ start }: MinuteDuration): number => (start - rising[0]!.start) / 60_000;
  const [meanAt, meanMs] = [mean(rising.map(at)), mean(rising.map(({ p50Ms }) => p50Ms))];
  const spread = rising.reduce((sum, one) => sum + (at(one) - meanAt) ** 2, 0);
  const slope = rising.reduce((sum, one) => sum + (at(one) - meanAt) * (one.p50Ms - meanMs), 0) / spread;
  if (slope <= 0) return undefined;
  const lineAt = (one: MinuteDuration): number => meanMs + slope * (at(one) - meanAt);
  const error = errorOf(values.slice(0, from), () => usualMs) + errorOf(rising, lineAt);
  return { error, msPerMinute: slope, reachedMs: lineAt(rising.at(-1)!) };
}

function stepAt(values: readonly MinuteDuration[], at: number, usualMs: number): number {
  const level = mean(values.slice(at + 1).map(({ p50Ms }) => p50Ms));
  return errorOf(values.slice(0, at), () => usualMs) + errorOf(values.slice(at + 1), () => level);
}

const errorOf = (values: readonly MinuteDuration[], expected: (one: MinuteDuration) => number): number =>
  values.reduce((sum, one) => sum + (one.p50Ms - expected(one)) ** 2, 0);

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
