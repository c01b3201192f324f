import type { RolledForecast } from './roll-origins.ts';

/** Mean absolute error over all steps of all origins; 0 without a step. */
export function meanAbsoluteError(forecasts: readonly RolledForecast[], values: readonly number[]): number {
  let sum = 0;
  let count = 0;
  for (const { origin, mean } of forecasts) {
    for (let step = 0; step < mean.length; step++) sum += Math.abs(values[origin + step]! - mean[step]!);
    count += mean.length;
  }
  return count === 0 ? 0 : sum / count;
}
