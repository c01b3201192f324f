/** Values at equal distances in time, oldest first; `null` where a value is missing. */
export type Series = readonly (number | null)[];

/** What is known of a series beside its values. */
export interface FitOptions {
  /** Seasons to look for, in points: `[24, 168]` for a day and a week of hours. Those that are too long for the series are left out. */
  readonly seasonLengths: readonly number[];
  /** Steps ahead for which intervals are calibrated, 48 where absent. Further steps are forecast too, with intervals that widen. */
  readonly horizon?: number;
  /** The values are counts: a negative one is an error, and no forecast is below 0. */
  readonly isCount?: boolean;
}

/** Where the truth lies with a probability of `level` percent, a bound per step; infinite for a series of one point, which tells nothing of how far they vary. */
export interface Interval {
  /** Percent, above 0 and below 100. */
  readonly level: number;
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

/** Values of the coming steps, the nearest first, in the unit of the series. */
export interface Forecast {
  readonly mean: readonly number[];
  /** In the order of the levels that were asked for. */
  readonly intervals: readonly Interval[];
}

/**
 * A way to look ahead, as a value: pure, deterministic, without clock or I/O. A model is plain JSON, and is never changed in place.
 * What cannot be used (no value, an infinite one, a negative count, a horizon that is not a whole number) is a `RangeError` of one line.
 */
export interface Forecaster<Model = unknown> {
  readonly name: string;
  fit(series: Series, options: FitOptions): Model;
  /** Forecasts the points after the last one that the model has seen. */
  predict(model: Model, horizon: number, levels: readonly number[]): Forecast;
  /** The model with one more point, in a time that does not depend on how many it has seen; weights and coefficients stay. */
  update(model: Model, value: number | null): Model;
}
