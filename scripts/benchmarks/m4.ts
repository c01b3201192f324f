import { ensemble, type Forecast } from '../../packages/time-series/src/index.ts';
import type { BenchmarkOptions, BenchmarkReport } from './benchmark.ts';
import { dataDirectory } from './data-directory.ts';
import { m4Errors, meanOver, owa, seasonalScale } from './m4/m4-errors.ts';
import { type M4Series, readM4 } from './m4/m4-series.ts';
import { naive2 } from './m4/naive2.ts';
import { renderFigures } from './render-figures.ts';

const SEASON = 24;
const LIMIT = { owa: 0.52, lowestCoverage: 0.93, highestCoverage: 0.97 };

/** M4 Hourly: the default forecaster, one configuration for all series, against the competition's Naive2. */
export async function run({ data }: BenchmarkOptions): Promise<BenchmarkReport> {
  const series = readM4(dataDirectory('m4-hourly', data));
  const forecasts = new Map(series.map((each) => [each.id, forecast(each)]));
  const errors = m4Errors(series, ({ id }) => forecasts.get(id)!.mean, SEASON);
  const reference = m4Errors(series, ({ train, test }) => naive2(train, test.length, SEASON), SEASON);
  const seasonal = m4Errors(series, ({ train, test }) => seasonalNaive(train, test.length), SEASON);
  const figures = {
    owa: owa(errors, reference),
    owaLimit: LIMIT.owa,
    owaSeasonalNaive: owa(seasonal, reference),
    smape: errors.smape,
    mase: errors.mase,
    coverage95: average(series, (each) => coverage(each, forecasts.get(each.id)!)),
    coverageLimits: `${LIMIT.lowestCoverage} to ${LIMIT.highestCoverage}`,
    msis: average(series, (each) => intervalScore(each, forecasts.get(each.id)!)),
    series: series.length,
  };
  const isCovered = figures.coverage95 >= LIMIT.lowestCoverage && figures.coverage95 <= LIMIT.highestCoverage;
  return { figures, text: renderFigures(figures), isWithinLimits: figures.owa <= LIMIT.owa && isCovered };
}

function forecast({ train, test }: M4Series): Forecast {
  const model = ensemble.fit(train, { seasonLengths: [SEASON], horizon: test.length });
  return ensemble.predict(model, test.length, [95]);
}

const seasonalNaive = (train: readonly number[], horizon: number): number[] =>
  Array.from({ length: horizon }, (_, step) => train[train.length - SEASON + (step % SEASON)]!);

function coverage({ test }: M4Series, { intervals: [interval] }: Forecast): number {
  return meanOver(test, (truth, step) => Number(truth >= interval!.lower[step]! && truth <= interval!.upper[step]!));
}

/** Mean scaled interval score at the 95 % level: width, and 40 times what a point lies outside by. */
function intervalScore({ train, test }: M4Series, { intervals: [interval] }: Forecast): number {
  const score = meanOver(test, (truth, step) => {
    const lower = interval!.lower[step]!;
    const upper = interval!.upper[step]!;
    return upper - lower + 40 * (Math.max(0, lower - truth) + Math.max(0, truth - upper));
  });
  return score / seasonalScale(train, SEASON);
}

const average = (series: readonly M4Series[], of: (each: M4Series) => number): number =>
  series.reduce((sum, each) => sum + of(each), 0) / series.length;
