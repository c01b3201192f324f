import { croston } from './croston.ts';
import { dampedTrend } from './damped-trend.ts';
import { holtWinters } from './holt-winters.ts';
import { movingAverage } from './moving-average.ts';
import { naive } from './naive.ts';
import type { PointForecaster } from './point-forecaster.ts';
import { logRidgeRegression, medianRegression, ridgeRegression } from './ridge-regression.ts';
import { scaledSeasonalNaive } from './scaled-seasonal-naive.ts';
import { seasonalDecomposition } from './seasonal-decomposition.ts';
import { seasonalNaive } from './seasonal-naive.ts';
import { simpleExponentialSmoothing } from './simple-exponential-smoothing.ts';
import { teunterSyntetosBabai } from './teunter-syntetos-babai.ts';
import { theta } from './theta.ts';

const MEMBERS = {
  naive,
  'seasonal-naive': seasonalNaive,
  'scaled-seasonal-naive': scaledSeasonalNaive,
  'moving-average': movingAverage,
  'simple-exponential-smoothing': simpleExponentialSmoothing,
  'damped-trend': dampedTrend,
  'holt-winters': holtWinters,
  theta,
  'seasonal-decomposition': seasonalDecomposition,
  'ridge-regression': ridgeRegression,
  'log-ridge-regression': logRidgeRegression,
  'median-regression': medianRegression,
  croston,
  'teunter-syntetos-babai': teunterSyntetosBabai,
} as const;

export type MemberName = keyof typeof MEMBERS;

/** Share of zeros from which a series is sparse: the ratio of two of its hours then says nothing. */
const SPARSE = 0.3;

/** The point forecaster of that name; it takes only the models that it fitted. */
export function memberNamed(name: MemberName): PointForecaster {
  return MEMBERS[name] as PointForecaster<unknown> as PointForecaster;
}

/** What is worth a try on such a series; the seasonal naive one, which is the bar, first. */
export function candidatesFor(values: readonly number[], seasonLengths: readonly number[]): MemberName[] {
  const isSparse = values.filter((value) => value === 0).length >= SPARSE * values.length;
  const isNegative = values.some((value) => value < 0);
  return [
    'seasonal-naive',
    'naive',
    'moving-average',
    'simple-exponential-smoothing',
    ...(seasonLengths.length === 0
      ? (['damped-trend'] as const)
      : (['holt-winters', 'theta', 'seasonal-decomposition'] as const)),
    'ridge-regression',
    ...(isNegative ? [] : (['median-regression'] as const)),
    ...(isSparse ? (['croston', 'teunter-syntetos-babai'] as const) : (['scaled-seasonal-naive'] as const)),
  ];
}
