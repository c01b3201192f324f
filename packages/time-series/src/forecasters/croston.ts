import type { PointForecaster } from './point-forecaster.ts';

export interface CrostonModel {
  /** Smoothed size of a demand, and points between two; 0 until the first demand. */
  readonly size: number;
  readonly interval: number;
  /** Points since the last demand. */
  readonly since: number;
}

const ALPHA = 0.1;

/**
 * Intermittent demand: size and distance of the points that are not 0 are smoothed apart, with Syntetos and Boylan's correction.
 * Source: Croston, Operational Research Quarterly 23 (1972); Syntetos & Boylan, International Journal of Forecasting 21 (2005).
 */
export const croston: PointForecaster<CrostonModel> = {
  name: 'croston',
  fit: (values) => values.reduce(update, { size: 0, interval: 0, since: 0 }),
  mean: ({ size, interval }, horizon) =>
    Array<number>(horizon).fill(interval === 0 ? 0 : ((1 - ALPHA / 2) * size) / interval),
  update,
};

function update(model: CrostonModel, value: number): CrostonModel {
  const since = model.since + 1;
  if (value === 0) return { ...model, since };
  if (model.interval === 0) return { size: value, interval: since, since: 0 };
  return {
    size: model.size + ALPHA * (value - model.size),
    interval: model.interval + ALPHA * (since - model.interval),
    since: 0,
  };
}
