import type { PointForecaster } from './point-forecaster.ts';
import { expectedPoints, fitSmoothing, type SmoothingState, smooth } from './smoothing-state.ts';

const GRID = [0.05, 0.2, 0.5, 0.9].flatMap((alpha) =>
  [0.02, 0.1, 0.3].map((share) => ({ alpha, beta: alpha * share, gamma: 0, phi: 1 })),
);

/** A level and a trend that goes on. Source: Holt (1957), reprinted in International Journal of Forecasting 20 (2004); ETS(A,A,N). */
export const holt: PointForecaster<SmoothingState> = {
  name: 'holt',
  fit: (values) => fitSmoothing({ level: values[0]!, trend: 0, seasonal: [] }, values, GRID),
  mean: expectedPoints,
  update: smooth,
};
