export interface ReferenceOptions {
  readonly season: number;
  readonly horizon: number;
}

const STEPS = 10;

/**
 * The stated reference: additive Holt-Winters (Winters 1960) with its three rates searched on a grid of ten each, as small forecasting libraries
 * do it; a mean only, no intervals, no choice between forecasters.
 */
export function reestimatedHoltWinters(values: readonly number[], { season, horizon }: ReferenceOptions): number[] {
  let best: { cost: number; forecast: number[] } | undefined;
  for (let a = 1; a <= STEPS; a++)
    for (let b = 0; b < STEPS; b++)
      for (let g = 0; g < STEPS; g++) {
        const tried = run(values, { alpha: a / STEPS, beta: b / STEPS, gamma: g / STEPS, season, horizon });
        if (best === undefined || tried.cost < best.cost) best = tried;
      }
  return best!.forecast;
}

interface Rates extends ReferenceOptions {
  readonly alpha: number;
  readonly beta: number;
  readonly gamma: number;
}

function run(values: readonly number[], { alpha, beta, gamma, season, horizon }: Rates) {
  let level = values.slice(0, season).reduce((sum, value) => sum + value / season, 0);
  let trend = 0;
  let cost = 0;
  const seasonal = values.slice(0, season).map((value) => value - level);
  for (const [index, value] of values.entries()) {
    const effect = seasonal[index % season]!;
    const before = level;
    cost += (value - level - trend - effect) ** 2;
    level = alpha * (value - effect) + (1 - alpha) * (level + trend);
    trend = beta * (level - before) + (1 - beta) * trend;
    seasonal[index % season] = gamma * (value - level) + (1 - gamma) * effect;
  }
  const forecast = Array.from(
    { length: horizon },
    (_, step) => level + (step + 1) * trend + seasonal[(values.length + step) % season]!,
  );
  return { cost, forecast };
}
