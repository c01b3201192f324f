import { croston } from './croston.ts';
import { dampedTrend } from './damped-trend.ts';
import { ensemble } from './ensemble.ts';
import type { Forecaster } from './forecaster.ts';
import { holt } from './holt.ts';
import { holtWinters } from './holt-winters.ts';
import { movingAverage } from './moving-average.ts';
import { naive } from './naive.ts';
import { logRidgeRegression, medianRegression, ridgeRegression } from './ridge-regression.ts';
import { scaledSeasonalNaive } from './scaled-seasonal-naive.ts';
import { seasonalDecomposition } from './seasonal-decomposition.ts';
import { seasonalNaive } from './seasonal-naive.ts';
import { simpleExponentialSmoothing } from './simple-exponential-smoothing.ts';
import { teunterSyntetosBabai } from './teunter-syntetos-babai.ts';
import { theta } from './theta.ts';
import { withIntervals } from './with-intervals.ts';

/** Every forecaster, the default first. */
export const FORECASTERS: readonly Forecaster[] = [
  ensemble as Forecaster<unknown> as Forecaster,
  ...[naive, movingAverage, seasonalNaive, scaledSeasonalNaive].map((point) => calibrated(point)),
  ...[simpleExponentialSmoothing, holt, dampedTrend, holtWinters].map((point) => calibrated(point)),
  ...[theta, seasonalDecomposition].map((point) => calibrated(point)),
  ...[ridgeRegression, logRidgeRegression, medianRegression].map((point) => calibrated(point)),
  ...[croston, teunterSyntetosBabai].map((point) => calibrated(point)),
];

function calibrated(point: unknown): Forecaster {
  return withIntervals(point as Parameters<typeof withIntervals>[0]) as Forecaster;
}
