import { invalidParameter } from '../lambda-errors.ts';

/** Whether one of the patterns matches, or there is none. */
export function passesFilters(patterns: readonly string[], _event: Readonly<Record<string, unknown>>): boolean {
  if (patterns.length === 0) return true;
  throw invalidParameter('The sandbox does not emulate FilterCriteria yet.');
}
