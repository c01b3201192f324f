import type { PointForecaster } from './point-forecaster.ts';
import { expectedPoints, fitSmoothing, type SmoothingRates, type SmoothingState, smooth } from './smoothing-state.ts';

const GRID: readonly SmoothingRates[] = [0.05, 0.3, 0.8].flatMap((alpha) =>
  [0.05, 0.3].flatMap((gamma) => [0, 0.05].map((share) => ({ alpha, beta: alpha * share, gamma, phi: 0.95 }))),
);

/**
 * Level, damped trend and the shortest season, additive. Without a season it is the damped trend alone.
 * Source: Winters, Management Science 6 (1960); ETS(A,Ad,A).
 */
export const holtWinters: PointForecaster<SmoothingState> = {
  name: 'holt-winters',
  fit: (values, [seasonLength]) => {
    const first = values.slice(0, seasonLength ?? 1);
    const level = first.reduce((sum, value) => sum + value, 0) / first.length;
    const seasonal = seasonLength === undefined ? [] : first.map((value) => value - level);
    const grid = seasonLength === undefined ? GRID.map((rates) => ({ ...rates, gamma: 0 })) : GRID;
    return fitSmoothing({ level, trend: 0, seasonal }, values, grid);
  },
  mean: expectedPoints,
  update: smooth,
};
