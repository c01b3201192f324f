import { type FinePoint, type ShortTermModel, shortTerm } from '../../packages/time-series/src/index.ts';
import type { BenchmarkOptions, BenchmarkReport } from './benchmark.ts';
import { dataDirectory } from './data-directory.ts';
import { renderFigures } from './render-figures.ts';
import { FLOORS, type Floor } from './traffic/floors.ts';
import { DAY, readTraffic, type TrafficSeries } from './traffic/traffic-series.ts';

const DAYS_OF_HISTORY = 14;
/** What services/prediction keeps of a load, and fits anew every five minutes. */
const POINTS_IN_PRODUCTION = 3 * DAY;
const REFITS = 24;
/** Steps of five minutes, and steps from one origin to the next. */
const HORIZONS = [
  { horizon: 1, every: 1 },
  { horizon: 12, every: 6 },
] as const;
const WANTED_MEAN_RATIO = 0.85;

/**
 * Request rates per five minutes, five minutes and an hour ahead, of series that are known by the minute: WAPE beside the best of four simple forecasts of five minutes. `refitRatio` is the same
 * at two dozen origins an hour ahead, fitted for each as services/prediction does.
 */
export async function run({ data }: BenchmarkOptions): Promise<BenchmarkReport> {
  const all = readTraffic(dataDirectory('traffic', data));
  const rows = HORIZONS.flatMap((origins) => all.map((series) => measure(series, origins)));
  const ratios = rows.flatMap(({ ratio }) => (typeof ratio === 'number' ? [ratio] : []));
  const meanRatio = meanOf(ratios);
  const refitRatios = rows.flatMap(({ refitRatio }) => (typeof refitRatio === 'number' ? [refitRatio] : []));
  const worse = rows.filter(({ wape, floor }) => wape > floor).length;
  const figures = {
    meanRatio,
    meanRatioLimit: WANTED_MEAN_RATIO,
    worseThanFloor: worse,
    refitMeanRatio: meanOf(refitRatios),
    rows,
  };
  const isWithinLimits = worse === 0 && meanRatio <= WANTED_MEAN_RATIO;
  return { figures, text: renderFigures(figures), isWithinLimits };
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

interface Origins {
  readonly horizon: number;
  readonly every: number;
}

function measure(series: TrafficSeries, origins: Origins) {
  const { wape, best, ratio } = besideFloors(follower(series.points), series, origins);
  const { name: by, wape: floor } = best;
  return {
    series: series.name,
    horizon: origins.horizon,
    wape,
    floor,
    by,
    ratio,
    refitRatio: refitRatio(series, origins),
  };
}

function besideFloors(forecaster: Floor, series: TrafficSeries, origins: Origins) {
  const wape = errorOf(forecaster, series, origins);
  const floors = Object.entries(FLOORS).map(([name, floor]) => ({ name, wape: errorOf(floor, series, origins) }));
  const best = floors.reduce((a, b) => (b.wape < a.wape ? b : a));
  return { wape, best, ratio: best.wape === 0 ? ('exact' as const) : wape / best.wape };
}

/** Of a sample: a fit for each origin takes a hundred times as long as an update. */
function refitRatio(series: TrafficSeries, { horizon }: Origins) {
  if (horizon === 1) return '';
  const every = Math.max(1, Math.floor((series.values.length - series.from - horizon) / REFITS));
  return besideFloors(refitter(series.points), series, { horizon, every }).ratio;
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

/** As it runs in production: fitted anew to the last three days for each forecast. */
const refitter =
  (points: readonly FinePoint[]): Floor =>
  (_, origin, horizon) => {
    const history = points.slice(Math.max(0, origin - POINTS_IN_PRODUCTION), origin);
    const model = shortTerm.fit(history, { seasonLengths: [DAY], horizon, isCount: true });
    return [...shortTerm.predict(model, horizon, []).mean];
  };

/** From points that also say what their last minute was; fitted once a day to two weeks, updated with every point. */
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
