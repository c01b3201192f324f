import type { StoredAttempt } from '../stored-attempt.ts';

/** The figures that attempts have; those that are not known are left out. */
export function figuresOf(
  attempts: readonly StoredAttempt[],
  figure: (attempt: StoredAttempt) => number | undefined,
): number[] {
  return attempts.map(figure).filter((value) => value !== undefined);
}

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
/** 0 where there is none. */
export const max = (values: readonly number[]): number =>
  values.reduce((highest, value) => Math.max(highest, value), 0);
export const sumAndMax = (values: readonly number[]) => ({ sum: sum(values), max: max(values) });

const FAILURES: ReadonlySet<StoredAttempt['status']> = new Set(['error', 'timeout', 'out-of-memory', 'init-error']);

/** Whether an attempt is known to have failed. */
export function isFailure({ status }: StoredAttempt): boolean {
  return FAILURES.has(status);
}
