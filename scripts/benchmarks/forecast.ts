import { ensemble } from '../../packages/time-series/src/index.ts';
import type { BenchmarkReport } from './benchmark.ts';
import { hourlySeries } from './forecast/hourly-series.ts';
import { reestimatedHoltWinters } from './forecast/reference.ts';
import { median } from './median.ts';
import { renderFigures } from './render-figures.ts';

const POINTS = 960;
const HORIZON = 48;
const SEASON = 24;
const RUNS = 60;
const LIMIT_MS = 10;
const LENGTHS = [240, 480, 960, 1920, 3840, 7680] as const;

/** How long the default forecaster takes for a fit and 48 steps with intervals, against a reference and by length. */
export async function run(): Promise<BenchmarkReport> {
  const series = hourlySeries(POINTS);
  const ours = timed(() => forecast(series), RUNS);
  const reference = timed(() => reestimatedHoltWinters(series, { season: SEASON, horizon: HORIZON }), RUNS);
  const model = ensemble.fit(series, { seasonLengths: [SEASON] });
  const figures = {
    medianMs: ours,
    medianMsLimit: LIMIT_MS,
    seriesPerSecond: 1000 / ours,
    referenceSeriesPerSecond: 1000 / reference,
    updateMs: timed(() => ensemble.update(model, 100), RUNS * 10),
    modelBytes: JSON.stringify(model).length,
    growth: LENGTHS.map((points) => {
      const longer = hourlySeries(points);
      const ms = timed(() => forecast(longer), 15);
      return { points, ms, microsecondsPerPoint: (1000 * ms) / points };
    }),
  };
  return { figures, text: renderFigures(figures), isWithinLimits: ours < LIMIT_MS };
}

function forecast(series: readonly number[]): void {
  ensemble.predict(ensemble.fit(series, { seasonLengths: [SEASON], horizon: HORIZON }), HORIZON, [80, 95]);
}

/** Median milliseconds, after a third of the runs to warm up. */
function timed(work: () => void, runs: number): number {
  for (let run = 0; run < runs / 3; run++) work();
  const times = Array.from({ length: runs }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return median(times);
}
