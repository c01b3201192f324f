import type { PointForecaster } from './point-forecaster.ts';

export interface MovingAverageModel {
  readonly tail: readonly number[];
}

const LENGTH = 12;

/** The next points are as the mean of the last twelve. */
export const movingAverage: PointForecaster<MovingAverageModel> = {
  name: 'moving-average',
  fit: (values) => ({ tail: values.slice(-LENGTH) }),
  mean: ({ tail }, horizon) => Array<number>(horizon).fill(tail.reduce((sum, value) => sum + value / tail.length, 0)),
  update: ({ tail }, value) => ({ tail: [...tail.slice(1 - LENGTH), value] }),
};
