import type { PointForecaster } from './point-forecaster.ts';

export interface ScaledSeasonalNaiveModel {
  /** The newest season and the points that are compared with it. */
  readonly tail: readonly number[];
  readonly seasonLength: number;
}

/** Newest points that are compared with the same ones of a season before. */
const COMPARED = 12;

/**
 * The season before in proportion to today: its points times the ratio of the newest ones to those of a season before. As the seasonal naive
 * one where that ratio is not above 0.
 */
export const scaledSeasonalNaive: PointForecaster<ScaledSeasonalNaiveModel> = {
  name: 'scaled-seasonal-naive',
  fit: (values, [seasonLength = 1]) => ({ tail: values.slice(-(seasonLength + COMPARED)), seasonLength }),
  mean: (model, horizon) => {
    const season = model.tail.slice(-model.seasonLength);
    const factor = ratio(model);
    return Array.from({ length: horizon }, (_, step) => factor * season[step % season.length]!);
  },
  update: (model, value) => ({ ...model, tail: [...model.tail.slice(1), value] }),
};

function ratio({ tail, seasonLength }: ScaledSeasonalNaiveModel): number {
  const compared = tail.length - seasonLength;
  if (compared < 1) return 1;
  const before = sum(tail.slice(0, compared));
  const now = sum(tail.slice(-compared));
  return before > 0 && now > 0 ? now / before : 1;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
