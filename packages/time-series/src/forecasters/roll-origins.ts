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

/** Origins a plan aims at. */
const ORIGINS = 24;
/** Share of the points that is forecast, at most. */
const HELD_BACK = 1 / 3;

/** Holds back a third of the points at most; undefined where fewer than two are left on either side. */
export function planOrigins(count: number, horizon: number): OriginPlan | undefined {
  const heldBack = Math.min(Math.floor(count * HELD_BACK), 5 * Math.max(horizon, ORIGINS));
  if (heldBack < 2 || count - heldBack < 2) return undefined;
  const steps = Math.max(1, Math.min(horizon, heldBack >> 1));
  const every = Math.max(1, Math.floor((heldBack - steps) / ORIGINS));
  return { first: count - heldBack, every, horizon: steps };
}
