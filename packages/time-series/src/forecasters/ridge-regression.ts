import { forecastBounds } from './forecast-bounds.ts';
import type { PointForecaster } from './point-forecaster.ts';
import { type DesignMatrix, dot, regress } from './regress.ts';
import { fillRow, type RidgeFeatures, ridgeFeatures } from './ridge-features.ts';
import { measureScale, type Scale, scaled, unscaled } from './scale.ts';

export interface RidgeModel extends RidgeFeatures {
  readonly scale: Scale;
  readonly coefficients: readonly number[];
  /** The newest points, scaled, as many as the longest lag. */
  readonly tail: readonly number[];
  /** Points seen. */
  readonly time: number;
  /** Lowest and highest scaled point that a forecast may reach: a recursion does not run away. */
  readonly bounds: readonly [number, number];
}

const REWEIGHTINGS = 2;

/**
 * Regression of the next point on earlier points and on the harmonics of the season, with a small ridge penalty, step after step.
 * Source: Hoerl & Kennard, Technometrics 12 (1970); recursion as in Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., 12.
 */
export const ridgeRegression: PointForecaster<RidgeModel> = forecasterOn('ridge-regression', {
  isLog: false,
  passes: 0,
});

/** The same of the logarithms: for values that move in proportion to their size. Of values below 0, as of 0. */
export const logRidgeRegression: PointForecaster<RidgeModel> = forecasterOn('log-ridge-regression', {
  isLog: true,
  passes: 0,
});

/** Of the logarithms again, by least absolute deviations: the forecast is a median, which a few spikes do not move. */
export const medianRegression: PointForecaster<RidgeModel> = forecasterOn('median-regression', {
  isLog: true,
  passes: REWEIGHTINGS,
});

interface Kind {
  readonly isLog: boolean;
  /** How often the points are weighed anew by their errors. */
  readonly passes: number;
}

function forecasterOn(name: string, kind: Kind): PointForecaster<RidgeModel> {
  return {
    name,
    fit: (values, seasonLengths) => fit(values, seasonLengths, kind),
    mean,
    update: (model, value) => ({
      ...model,
      tail: [...model.tail.slice(1), scaled(model.scale, value)],
      time: model.time + 1,
    }),
  };
}

function fit(values: readonly number[], seasonLengths: readonly number[], { isLog, passes }: Kind): RidgeModel {
  const scale = measureScale(values, isLog);
  const points = Float64Array.from(values, (value) => scaled(scale, value));
  const features = ridgeFeatures(points.length, seasonLengths);
  const longest = features.lags.at(-1) ?? 1;
  return {
    ...features,
    scale,
    coefficients: [
      ...regress(designMatrix(points, features, longest), points.subarray(Math.min(longest, points.length)), passes),
    ],
    tail: [...points.subarray(Math.max(0, points.length - longest))],
    time: points.length,
    bounds: forecastBounds(points),
  };
}

function designMatrix(points: Float64Array, features: RidgeFeatures, from: number): DesignMatrix {
  const columns = 1 + features.lags.length + 2 * features.periods.length;
  const rows = Math.max(0, points.length - from);
  const cells = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const end = from + row;
    fillRow(cells, features, points, { at: row * columns, end, time: end });
  }
  return { cells, columns };
}

function mean(model: RidgeModel, horizon: number): number[] {
  const { tail, coefficients, bounds, scale } = model;
  const points = new Float64Array(tail.length + horizon);
  points.set(tail);
  const row = new Float64Array(coefficients.length);
  const factors = Float64Array.from(coefficients);
  return Array.from({ length: horizon }, (_, step) => {
    const end = tail.length + step;
    fillRow(row, model, points, { at: 0, end, time: model.time + step });
    const point = dot(row, 0, factors);
    points[end] = Math.min(bounds[1], Math.max(bounds[0], point));
    return unscaled(scale, points[end]!);
  });
}
