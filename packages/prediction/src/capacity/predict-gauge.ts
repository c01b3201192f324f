import { QUIET_MINUTE } from '../load/minute-load.ts';
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
 * state. Figures that nothing can have (NaN, negative, infinite) count as nothing; minutes that were there before change nothing.
 */
export function predictGauge(
  before: PredictionState,
  points: readonly GaugePoint[],
  { now, gauge, capacity }: { readonly now: number; readonly gauge: Gauge; readonly capacity: Capacity },
): Prediction {
  const news = points.map(({ start, value }) => ({
    start,
    revision: 0,
    load: { ...QUIET_MINUTE, peak: value > 0 && value <= LARGEST ? Number(value.toPrecision(6)) : 0 },
  }));
  const metrics = ['concurrency'] as const;
  const limits = [{ ...gauge.limit, of: 'concurrency' as const, capacity }];
  const [history, recent] = [news.slice(0, -ONE_BY_ONE), news.slice(-ONE_BY_ONE)];
  const learnt = predictLoad(before, history, { now, metrics });
  return recent.reduce((known: Prediction, one) => {
    const { state, forecasts, changes } = predictLoad(known.state, [one], {
      now,
      limits,
      metrics,
      noticeMs: NOTICE_MS,
    });
    return {
      state,
      forecasts: forecasts.length > 0 ? forecasts : known.forecasts,
      changes: [...known.changes, ...changes],
    };
  }, learnt);
}
