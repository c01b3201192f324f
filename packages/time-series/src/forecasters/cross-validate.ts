import { checkHorizon, checkSeries } from './checked-input.ts';
import type { FitOptions, Forecast, Forecaster, Series } from './forecaster.ts';

/** Where the origins are, and how far each looks ahead. */
export interface CrossValidationOptions extends FitOptions {
  /** Points before the first origin. */
  readonly first: number;
  /** Points from one origin to the next, 1 where absent. */
  readonly every?: number;
  readonly horizon: number;
  readonly levels?: readonly number[];
}

/** How far forecasts from rolling origins were from the truth. */
export interface CrossValidation {
  readonly origins: number;
  /** Mean absolute error by step, in the unit of the series; `null` for a step that had no point to compare with. */
  readonly errorByStep: readonly (number | null)[];
  /** Sum of absolute errors over the sum of absolute values; `null` where those are all 0. */
  readonly wape: number | null;
  /** Share of the points inside of the interval, for each level. */
  readonly coverage: readonly { readonly level: number; readonly share: number | null }[];
}

/**
 * How good a forecaster would have been on a series: fits to the first points, then takes in one after the other and forecasts at each origin;
 * missing points are compared with nothing. Source of the method: rolling origins, Tashman, International Journal of Forecasting 16 (2000).
 *
 * @throws RangeError as the forecaster does, and unless `first` and `every` are whole numbers from 1
 */
export function crossValidate<Model>(
  forecaster: Forecaster<Model>,
  series: Series,
  options: CrossValidationOptions,
): CrossValidation {
  const { first, every = 1, horizon, levels = [] } = options;
  checkPlan(series, options);
  const tally = newTally(horizon, levels);
  let model = forecaster.fit(series.slice(0, first), options);
  for (let origin = first; origin < series.length; origin++) {
    if ((origin - first) % every === 0) {
      const forecast = forecaster.predict(model, Math.min(horizon, series.length - origin), levels);
      count(tally, forecast, series.slice(origin));
    }
    model = forecaster.update(model, series[origin]!);
  }
  return summarise(tally, levels);
}

interface Tally {
  origins: number;
  absolute: number;
  compared: number;
  readonly errors: number[];
  readonly points: number[];
  readonly inside: number[];
}

function newTally(horizon: number, levels: readonly number[]): Tally {
  const zeros = (length: number): number[] => Array<number>(length).fill(0);
  return {
    origins: 0,
    absolute: 0,
    compared: 0,
    errors: zeros(horizon),
    points: zeros(horizon),
    inside: zeros(levels.length),
  };
}

function count(tally: Tally, { mean, intervals }: Forecast, truth: Series): void {
  tally.origins++;
  for (const [step, point] of mean.entries()) {
    const value = truth[step]!;
    if (value === null) continue;
    tally.compared++;
    tally.absolute += Math.abs(value);
    tally.errors[step]! += Math.abs(value - point);
    tally.points[step]!++;
    for (const [at, { lower, upper }] of intervals.entries())
      if (value >= lower[step]! && value <= upper[step]!) tally.inside[at]!++;
  }
}

function summarise(tally: Tally, levels: readonly number[]): CrossValidation {
  const error = tally.errors.reduce((sum, each) => sum + each, 0);
  return {
    origins: tally.origins,
    errorByStep: tally.errors.map((sum, step) => (tally.points[step] === 0 ? null : sum / tally.points[step]!)),
    wape: tally.absolute === 0 ? null : error / tally.absolute,
    coverage: levels.map((level, at) => ({
      level,
      share: tally.compared === 0 ? null : tally.inside[at]! / tally.compared,
    })),
  };
}

function checkPlan(series: Series, { first, every = 1, horizon, isCount }: CrossValidationOptions): void {
  checkHorizon(horizon);
  checkSeries(series, isCount === undefined ? {} : { isCount });
  for (const [name, value] of Object.entries({ first, every })) {
    if (!Number.isInteger(value) || value < 1)
      throw new RangeError(`crossValidate requires \`${name}\` to be a whole number of at least 1, got ${value}`);
  }
}
