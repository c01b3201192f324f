import type { PointForecaster } from './point-forecaster.ts';

/** Where forecasts are made for which the truth is known: after `first` points, then every `every` points, as long as one is left. */
export interface OriginPlan {
  readonly first: number;
  readonly every: number;
  readonly horizon: number;
}

/** What was forecast after `origin` points, shorter than the horizon where the series ends. */
export interface RolledForecast {
  readonly origin: number;
  readonly mean: readonly number[];
}

/** Fits to the points before the first origin, and takes in the others one by one: no forecast knows a later point. */
export function rollOrigins<Model>(
  forecaster: PointForecaster<Model>,
  values: readonly number[],
  { seasonLengths, plan }: { readonly seasonLengths: readonly number[]; readonly plan: OriginPlan },
): RolledForecast[] {
  const { first, every, horizon } = plan;
  let model = forecaster.fit(values.slice(0, first), seasonLengths);
  const forecasts: RolledForecast[] = [];
  for (let origin = first; origin < values.length; origin++) {
    if ((origin - first) % every === 0) {
      forecasts.push({ origin, mean: forecaster.mean(model, Math.min(horizon, values.length - origin)) });
    }
    model = forecaster.update(model, values[origin]!);
  }
  return forecasts;
}

/** Share of the points that is forecast, at most. */
const HELD_BACK = 1 / 3;
/** Points that are forecast where there are enough: five horizons, three seasons, or this many. */
const LEAST_HELD_BACK = 120;
/** Origins for each horizon's length. */
const OVERLAP = 6;

/** Holds back a third of the points at most; undefined where fewer than two are left on either side. */
export function planOrigins(count: number, horizon: number, seasonLength: number): OriginPlan | undefined {
  const wanted = Math.max(5 * horizon, 3 * seasonLength, LEAST_HELD_BACK);
  const heldBack = Math.min(Math.floor(count * HELD_BACK), wanted);
  if (heldBack < 2 || count - heldBack < 2) return undefined;
  const steps = Math.max(1, Math.min(horizon, heldBack >> 1));
  return { first: count - heldBack, every: Math.max(1, Math.floor(steps / OVERLAP)), horizon: steps };
}
