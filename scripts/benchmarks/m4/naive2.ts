/**
 * The M4 competition's benchmark: naive on the seasonally adjusted series where a test of the autocorrelation finds a season, else naive.
 * Source: Makridakis, Spiliotis & Assimakopoulos, International Journal of Forecasting 36 (2020), and the organisers' code.
 */
export function naive2(train: readonly number[], horizon: number, season: number): number[] {
  const last = train.at(-1)!;
  if (!isSeasonal(train, season)) return Array<number>(horizon).fill(last);
  const indices = seasonalIndices(train, season);
  const base = last / indices[(train.length - 1) % season]!;
  return Array.from({ length: horizon }, (_, step) => base * indices[(train.length + step) % season]!);
}

/** Autocorrelation at the season beyond 1.645 of its standard errors, with three seasons of data at least. */
function isSeasonal(values: readonly number[], season: number): boolean {
  const n = values.length;
  const mean = average(values);
  const covariance = (lag: number): number => {
    let sum = 0;
    for (let i = lag; i < n; i++) sum += (values[i]! - mean) * (values[i - lag]! - mean);
    return sum;
  };
  const variance = covariance(0);
  if (n < 3 * season || variance === 0) return false;
  let squares = 1;
  for (let lag = 1; lag < season; lag++) squares += 2 * (covariance(lag) / variance) ** 2;
  return Math.abs(covariance(season) / variance) > 1.645 * Math.sqrt(squares / n);
}

/** Classical multiplicative decomposition with a centred moving mean of two by `season`; mean index 1. */
function seasonalIndices(values: readonly number[], season: number): number[] {
  const half = season / 2;
  const ratios: number[][] = Array.from({ length: season }, () => []);
  for (let at = half; at < values.length - half; at++) {
    const inner = values.slice(at - half + 1, at + half).reduce((sum, value) => sum + value, 0);
    const level = (inner + (values[at - half]! + values[at + half]!) / 2) / season;
    ratios[at % season]!.push(values[at]! / level);
  }
  const indices = ratios.map(average);
  const mean = average(indices);
  return indices.map((index) => index / mean);
}

const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
