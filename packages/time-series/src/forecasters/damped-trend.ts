import type { PointForecaster } from './point-forecaster.ts';
import { expectedPoints, fitSmoothing, type SmoothingState, smooth } from './smoothing-state.ts';

const GRID = [0.8, 0.95].flatMap((phi) =>
  [0.05, 0.2, 0.5, 0.9].flatMap((alpha) => [0.05, 0.2].map((share) => ({ alpha, beta: alpha * share, gamma: 0, phi }))),
);

/** A level and a trend that dies out. Source: Gardner & McKenzie, Management Science 31 (1985); ETS(A,Ad,N). */
export const dampedTrend: PointForecaster<SmoothingState> = {
  name: 'damped-trend',
  fit: (values) => fitSmoothing({ level: values[0]!, trend: 0, seasonal: [] }, values, GRID),
  mean: expectedPoints,
  update: smooth,
};
