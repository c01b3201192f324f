/** How fast level, trend and season follow, and how much of the trend is left after each step (1 = all, 0 = there is none). */
export interface SmoothingRates {
  readonly alpha: number;
  readonly beta: number;
  readonly gamma: number;
  readonly phi: number;
}

/** Additive exponential smoothing after a point; `seasonal[position]` belongs to the next one. */
export interface SmoothingState extends SmoothingRates {
  readonly level: number;
  readonly trend: number;
  readonly seasonal: readonly number[];
  readonly position: number;
}

/**
 * One step of additive exponential smoothing with a damped trend, in its error correction form.
 * Source: Hyndman, Koehler, Ord & Snyder, Forecasting with Exponential Smoothing (2008), table 2.2, ETS(A,Ad,A).
 */
export function smooth(state: SmoothingState, value: number): SmoothingState {
  const { alpha, beta, gamma, phi, position } = state;
  const expected = state.level + phi * state.trend;
  const error = value - expected - (state.seasonal[position] ?? 0);
  return {
    ...state,
    level: expected + alpha * error,
    trend: phi * state.trend + beta * error,
    seasonal: gamma === 0 ? state.seasonal : state.seasonal.with(position, state.seasonal[position]! + gamma * error),
    position: state.seasonal.length === 0 ? 0 : (position + 1) % state.seasonal.length,
  };
}

/** The expected next points. */
export function expectedPoints(state: SmoothingState, horizon: number): number[] {
  const { seasonal, position, phi } = state;
  let reach = 0;
  let share = 1;
  return Array.from({ length: horizon }, (_, step) => {
    share *= phi;
    reach += share;
    const season = seasonal.length === 0 ? 0 : seasonal[(position + step) % seasonal.length]!;
    return state.level + reach * state.trend + season;
  });
}

/** The same as smoothing every value in turn, without a state for each; with the sum of squared one-step errors after the first season. */
export function smoothAll(start: SmoothingState, values: readonly number[]): { state: SmoothingState; cost: number } {
  const { alpha, beta, gamma, phi } = start;
  const seasonal = Float64Array.from(start.seasonal);
  let { level, trend, position } = start;
  let cost = 0;
  for (let index = 0; index < values.length; index++) {
    const expected = level + phi * trend;
    const error = values[index]! - expected - (seasonal.length === 0 ? 0 : seasonal[position]!);
    level = expected + alpha * error;
    trend = phi * trend + beta * error;
    if (seasonal.length > 0) {
      if (gamma !== 0) seasonal[position]! += gamma * error;
      position = position + 1 === seasonal.length ? 0 : position + 1;
    }
    if (index >= start.seasonal.length) cost += error * error;
  }
  return { state: { ...start, level, trend, seasonal: [...seasonal], position }, cost };
}

/** The state after the values, with those of the rates whose one-step errors are smallest; the first of equals. */
export function fitSmoothing(
  start: Pick<SmoothingState, 'level' | 'trend' | 'seasonal'>,
  values: readonly number[],
  grid: readonly SmoothingRates[],
): SmoothingState {
  let best: { state: SmoothingState; cost: number } | undefined;
  for (const rates of grid) {
    const tried = smoothAll({ ...start, ...rates, position: 0 }, values);
    if (best === undefined || tried.cost < best.cost) best = tried;
  }
  return best!.state;
}
