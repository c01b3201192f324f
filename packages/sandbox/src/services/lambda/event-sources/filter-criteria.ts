import { compileEventPattern, type EventMatcher } from '../../events/event-pattern.ts';
import { invalidParameter } from '../lambda-errors.ts';

/** One filter of FilterCriteria. */
export interface Filter {
  /** JSON text, as given. */
  readonly pattern: string;
  readonly matches: EventMatcher;
}

/** Throws InvalidParameterValueException for a pattern that EventBridge's language does not know. */
export function compileFilter(pattern: string): Filter {
  try {
    return { pattern, matches: compileEventPattern(pattern) };
  } catch (cause) {
    throw Object.assign(invalidParameter(`Invalid filter pattern definition. (${(cause as Error).message})`), {
      cause,
    });
  }
}

/** Whether one of the filters matches, or there is none. */
export const passesFilters = (filters: readonly Filter[], event: unknown): boolean =>
  filters.length === 0 || filters.some(({ matches }) => matches(event));
