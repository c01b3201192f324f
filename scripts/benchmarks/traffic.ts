import { type FinePoint, type ShortTermModel, shortTerm } from '../../packages/time-series/src/index.ts';
import type { BenchmarkOptions, BenchmarkReport } from './benchmark.ts';
import { dataDirectory } from './data-directory.ts';
import { renderFigures } from './render-figures.ts';
import { FLOORS, type Floor } from './traffic/floors.ts';
import { DAY, readTraffic, type TrafficSeries } from './traffic/traffic-series.ts';

const DAYS_OF_HISTORY = 14;
/** Steps of five minutes, and steps from one origin to the next. */
const HORIZONS = [
  { horizon: 1, every: 1 },
  { horizon: 12, every: 6 },
] as const;
const WANTED_MEAN_RATIO = 0.85;

/** Request rates per five minutes, five minutes and an hour ahead, of series that are known by the minute: WAPE beside the best of four simple forecasts of five minutes. */
export async function run({ data }: BenchmarkOptions): Promise<BenchmarkReport> {
  const all = readTraffic(dataDirectory('traffic', data));
  const rows = HORIZONS.flatMap((origins) => all.map((series) => measure(series, origins)));
  const ratios = rows.flatMap(({ ratio }) => (typeof ratio === 'number' ? [ratio] : []));
  const meanRatio = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
  const worse = rows.filter(({ wape, floor }) => wape > floor).length;
  const figures = { meanRatio, meanRatioLimit: WANTED_MEAN_RATIO, worseThanFloor: worse, rows };
  const isWithinLimits = worse === 0 && meanRatio <= WANTED_MEAN_RATIO;
  return { figures, text: renderFigures(figures), isWithinLimits };
}

interface Origins {
  readonly horizon: number;
  readonly every: number;
}

function measure(series: TrafficSeries, origins: Origins) {
  const wape = errorOf(follower(series.points), series, origins);
  const floors = Object.entries(FLOORS).map(([name, floor]) => ({ name, wape: errorOf(floor, series, origins) }));
  const best = floors.reduce((a, b) => (b.wape < a.wape ? b : a));
  const ratio = best.wape === 0 ? 'exact' : wape / best.wape;
  return { series: series.name, horizon: origins.horizon, wape, floor: best.wape, by: best.name, ratio };
}

/** Sum of absolute errors over the sum of absolute values. */
function errorOf(forecaster: Floor, { values, from }: TrafficSeries, { horizon, every }: Origins): number {
  let errors = 0;
  let size = 0;
  for (let origin = from; origin + horizon <= values.length; origin += every) {
    for (const [step, point] of forecaster(values, origin, horizon).entries()) {
      errors += Math.abs(values[origin + step]! - point);
      size += Math.abs(values[origin + step]!);
    }
  }
  return errors / size;
}

/** As it runs in production, from points that also say what their last minute was; fitted once a day to two weeks, updated with every point. */
function follower(points: readonly FinePoint[]): Floor {
  let model: ShortTermModel | undefined;
  let fittedAt = 0;
  let seen = 0;
  return (_, origin, horizon) => {
    if (model === undefined || origin - fittedAt >= DAY) {
      const history = points.slice(Math.max(0, origin - DAYS_OF_HISTORY * DAY), origin);
      model = shortTerm.fit(history, { seasonLengths: [DAY], horizon, isCount: true });
      fittedAt = origin;
      seen = origin;
    }
    for (; seen < origin; seen++) model = shortTerm.update(model, points[seen]!);
    return [...shortTerm.predict(model, horizon, []).mean];
  };
}
