import type { PointForecaster } from './point-forecaster.ts';

export interface NaiveModel {
  readonly last: number;
}

/** The next points are as the last one. Source: Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., 5.2. */
export const naive: PointForecaster<NaiveModel> = {
  name: 'naive',
  fit: (values) => ({ last: values.at(-1)! }),
  mean: ({ last }, horizon) => Array<number>(horizon).fill(last),
  update: (_, value) => ({ last: value }),
};
