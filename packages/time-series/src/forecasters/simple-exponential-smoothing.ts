import type { PointForecaster } from './point-forecaster.ts';
import { expectedPoints, fitSmoothing, type SmoothingState, smooth } from './smoothing-state.ts';

const GRID = [0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1].map((alpha) => ({ alpha, beta: 0, gamma: 0, phi: 0 }));

/** A level that follows the series. Source: Brown, Statistical Forecasting for Inventory Control (1959); ETS(A,N,N). */
export const simpleExponentialSmoothing: PointForecaster<SmoothingState> = {
  name: 'simple-exponential-smoothing',
  fit: (values) => fitSmoothing({ level: values[0]!, trend: 0, seasonal: [] }, values, GRID),
  mean: expectedPoints,
  update: smooth,
};
