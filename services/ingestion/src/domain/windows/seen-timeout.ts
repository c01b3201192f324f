import type { StoredAttempt } from '../stored-attempt.ts';
import { figuresOf, max } from './figures.ts';

const TIMED_OUT = /^Task timed out after (\d{1,5}(?:\.\d{1,3})?) seconds$/;

/** The function's timeout in milliseconds, where an attempt said by what it was ended; the greatest where it was changed in between. */
export function seenTimeoutMs(attempts: readonly StoredAttempt[]): number | undefined {
  const said = figuresOf(attempts, ({ status, errorMessage }) => {
    const seconds = status === 'timeout' ? TIMED_OUT.exec(errorMessage ?? '')?.[1] : undefined;
    return seconds === undefined ? undefined : Math.round(Number(seconds) * 1000);
  });
  return said.length === 0 ? undefined : max(said);
}
