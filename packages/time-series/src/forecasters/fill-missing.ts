import type { Series } from './forecaster.ts';

/**
 * The series with a value for each missing one: that of a season before where there is one, else the line between its neighbours, else
 * the nearest value. What is missing before the first value is left out.
 *
 * @param seasonLength 1 where there is no season
 */
export function fillMissing(series: Series, seasonLength: number): number[] {
  const known = series.slice(series.findIndex((value) => value !== null));
  const filled: number[] = [];
  let next = 0;
  for (const [index, value] of known.entries()) {
    if (next <= index) next = nextKnown(known, index + 1);
    const seasonBefore = seasonLength > 1 ? filled[index - seasonLength] : undefined;
    filled.push(value ?? seasonBefore ?? between(filled, index, { at: next, value: known[next] ?? null }));
  }
  return filled;
}

function nextKnown(series: Series, from: number): number {
  let at = from;
  while (at < series.length && series[at] === null) at++;
  return at;
}

function between(filled: readonly number[], index: number, next: { at: number; value: number | null }): number {
  const before = filled[index - 1]!;
  return next.value === null ? before : before + (next.value - before) / (next.at - index + 1);
}
