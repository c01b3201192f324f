import type { PointForecaster } from './point-forecaster.ts';
import { fillRow, type RidgeFeatures, ridgeFeatures } from './ridge-features.ts';
import { measureScale, type Scale, scaled, unscaled } from './scale.ts';
import { solveRidge } from './solve-ridge.ts';

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

/** Per row; the points are scaled to a variance of 1. */
const PENALTY = 3e-4;
/** How far beyond the range of the series a forecast may go, in ranges. */
const BEYOND = 0.5;

/**
 * Regression of the next point on earlier points and on the harmonics of the season, with a small ridge penalty, step after step.
 * Source: Hoerl & Kennard, Technometrics 12 (1970); recursion as in Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., 12.
 */
export const ridgeRegression: PointForecaster<RidgeModel> = forecasterOn('ridge-regression', false);

/** The same of the logarithms: for values that move in proportion to their size. Of values below 0, as of 0. */
export const logRidgeRegression: PointForecaster<RidgeModel> = forecasterOn('log-ridge-regression', true);

function forecasterOn(name: string, isLog: boolean): PointForecaster<RidgeModel> {
  return {
    name,
    fit: (values, seasonLengths) => fit(values, seasonLengths, isLog),
    mean,
    update: (model, value) => ({
      ...model,
      tail: [...model.tail.slice(1), scaled(model.scale, value)],
      time: model.time + 1,
    }),
  };
}

function fit(values: readonly number[], seasonLengths: readonly number[], isLog: boolean): RidgeModel {
  const scale = measureScale(values, isLog);
  const points = Float64Array.from(values, (value) => scaled(scale, value));
  const features = ridgeFeatures(points.length, seasonLengths);
  const longest = features.lags.at(-1) ?? 1;
  return {
    ...features,
    scale,
    coefficients: [...regress(points, features, longest)],
    tail: [...points.subarray(Math.max(0, points.length - longest))],
    time: points.length,
    bounds: boundsOf(points),
  };
}

function regress(points: Float64Array, features: RidgeFeatures, from: number): Float64Array {
  const size = 1 + features.lags.length + 2 * features.periods.length;
  const gram = new Float64Array(size * size);
  const right = new Float64Array(size);
  const row = new Float64Array(size);
  for (let end = from; end < points.length; end++) {
    fillRow(row, features, points, { end, time: end });
    addRow(gram, right, row, points[end]!);
  }
  const penalty = new Float64Array(size).fill(PENALTY * Math.max(1, points.length - from));
  penalty[0] = 1e-9;
  return solveRidge(gram, right, penalty);
}

/** Adds to the lower triangle only. */
function addRow(gram: Float64Array, right: Float64Array, row: Float64Array, target: number): void {
  const size = row.length;
  for (let i = 0; i < size; i++) {
    const value = row[i]!;
    right[i]! += value * target;
    for (let j = 0, at = i * size; j <= i; j++, at++) gram[at]! += value * row[j]!;
  }
}

function boundsOf(points: Float64Array): [number, number] {
  let low = points[0]!;
  let high = low;
  for (const point of points) {
    if (point < low) low = point;
    if (point > high) high = point;
  }
  const beyond = BEYOND * (high - low);
  return [low - beyond, high + beyond];
}

function mean(model: RidgeModel, horizon: number): number[] {
  const { tail, coefficients, bounds, scale } = model;
  const points = new Float64Array(tail.length + horizon);
  points.set(tail);
  const row = new Float64Array(coefficients.length);
  return Array.from({ length: horizon }, (_, step) => {
    const end = tail.length + step;
    fillRow(row, model, points, { end, time: model.time + step });
    let point = 0;
    for (let i = 0; i < row.length; i++) point += row[i]! * coefficients[i]!;
    points[end] = Math.min(bounds[1], Math.max(bounds[0], point));
    return unscaled(scale, points[end]!);
  });
}
