import { QUIET_MINUTE } from '../load/minute-load.ts';
import type { NewMinute } from '../load/take-minutes.ts';
import { type Prediction, predictLoad } from '../predict-load.ts';
import type { PredictionState } from '../prediction-state.ts';
import type { Capacity, Gauge } from './capacity.ts';

/** What a gauge showed in a minute. */
export interface GaugePoint {
  /** Epoch milliseconds, on the minute. */
  readonly start: number;
  readonly value: number;
}

const LARGEST = 1e15;
/** Points are looked at one by one, as minutes of a load are when they close; of a long history only the newest. */
const ONE_BY_ONE = 30;
/** What is read every five minutes, and is two minutes old then, has to be told that much earlier. */
const NOTICE_MS = 36 * 60_000;

/**
 * Forecasts a gauge and looks how far its limit is: a load of which only the highest of each minute is known. Its forecasts are named `concurrency` in the
 * state. Figures that nothing can have (NaN, negative, infinite) count as nothing; minutes that were there before change nothing but
 * where their figure has grown, as late ones do.
 */
export function predictGauge(
  before: PredictionState,
  points: readonly GaugePoint[],
  { now, gauge, capacity }: { readonly now: number; readonly gauge: Gauge; readonly capacity: Capacity },
): Prediction {
  const newest = before.load.newest ?? 0;
  const [known, news] = [points.filter(({ start }) => start <= newest), points.filter(({ start }) => start > newest)];
  const metrics = ['concurrency'] as const;
  const limits = [{ ...gauge.limit, of: 'concurrency' as const, capacity }];
  const grown = known.flatMap((point) => correctionOf(point, before));
  const history = news.slice(0, -ONE_BY_ONE).map((point) => minuteOf(point));
  const recent = news.slice(-ONE_BY_ONE).map((point) => minuteOf(point));
  const learnt = predictLoad(before, [...grown, ...history], { now, metrics });
  return recent.reduce((seen: Prediction, one) => {
    const { state, forecasts, changes } = predictLoad(seen.state, [one], {
      now,
      limits,
      metrics,
      noticeMs: NOTICE_MS,
    });
    return {
      state,
      forecasts: forecasts.length > 0 ? forecasts : seen.forecasts,
      changes: [...seen.changes, ...changes],
    };
  }, learnt);
}

const minuteOf = ({ start, value }: GaugePoint, revision = 0): NewMinute => ({
  start,
  revision,
  load: { ...QUIET_MINUTE, peak: value > 0 && value <= LARGEST ? Number(value.toPrecision(6)) : 0 },
});

function correctionOf(point: GaugePoint, { load }: PredictionState): NewMinute[] {
  const before = load.minutes[point.start];
  const now = minuteOf(point, (before?.revision ?? -1) + 1);
  return now.load.peak > (before?.load.peak ?? 0) ? [now] : [];
}
