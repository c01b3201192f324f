import type { FitOptions, Series } from './forecaster.ts';

/** A series may hold nothing larger: squares, and sums of them, stay finite. */
export const LARGEST_FORECAST_VALUE = 1e100;

/**
 * Throws for a series that no forecaster can use.
 *
 * @throws RangeError without a single value, for a value that is not finite, and for a negative count
 */
export function checkSeries(series: Series, { isCount = false }: Pick<FitOptions, 'isCount'>): void {
  for (const [index, value] of series.entries()) {
    if (value !== null) checkValue(value, { isCount, place: ` at index ${index}` });
  }
  if (!series.some((value) => value !== null)) throw new RangeError('fit requires at least 1 value');
}

/** @throws RangeError for a value that is not finite or beyond 1e100, or a negative count */
export function checkValue(value: number, { isCount, place = '' }: { isCount: boolean; place?: string }): void {
  if (!Number.isFinite(value)) throw new RangeError(`a series requires finite values, got ${value}${place}`);
  if (Math.abs(value) > LARGEST_FORECAST_VALUE)
    throw new RangeError(`a series requires values between -1e100 and 1e100, got ${value}${place}`);
  if (isCount && value < 0)
    throw new RangeError(`a series of counts requires values of at least 0, got ${value}${place}`);
}

/**
 * The season lengths that a series of that many points can show: ascending, each once, two whole seasons of each.
 *
 * @throws RangeError for a season length that is not a whole number from 1
 */
export function usableSeasons(seasonLengths: readonly number[], count: number): number[] {
  for (const length of seasonLengths) {
    if (!Number.isSafeInteger(length) || length < 1)
      throw new RangeError(`a season length requires a whole number of at least 1, got ${length}`);
  }
  const distinct = [...new Set(seasonLengths)].sort((a, b) => a - b);
  return distinct.filter((length) => length > 1 && 2 * length <= count);
}

/** Steps ahead at most. */
export const LONGEST_HORIZON = 100_000;

/** @throws RangeError for a horizon that is not a whole number from 0 to 100,000 */
export function checkHorizon(horizon: number): void {
  if (!Number.isInteger(horizon) || horizon < 0 || horizon > LONGEST_HORIZON)
    throw new RangeError(`a horizon requires a whole number from 0 to ${LONGEST_HORIZON}, got ${horizon}`);
}

/** @throws RangeError for a level that is not above 0 and below 100 */
export function checkLevels(levels: readonly number[]): void {
  for (const level of levels) {
    if (!(level > 0 && level < 100))
      throw new RangeError(`a level requires a percentage between 0 and 100, got ${level}`);
  }
}
