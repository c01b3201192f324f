import { type StoredAttempt, timeOf } from '../stored-attempt.ts';
import { WINDOW_MS } from './minute.ts';

/**
 * How far before a window attempts are looked at that may still run in it: with more, each minute of a busy function would be read more than
 * twice. Longer ones are not counted beyond their second minute.
 */
export const CARRIED_MS = WINDOW_MS;

/** When an attempt ended: as logged, else by its duration, else as it began. Epoch milliseconds. */
export function endOf(attempt: StoredAttempt): number {
  const at = timeOf(attempt);
  return Math.max(at, attempt.endedAt ?? at + (attempt.durationMs ?? 0));
}

/** The greatest number of attempts that ran at one instant of the minute; an attempt that ends as another begins makes room for it. */
export function maxConcurrency(attempts: readonly StoredAttempt[], start: number): number {
  const changes: (readonly [at: number, change: 1 | -1])[] = [];
  for (const attempt of attempts) {
    const [from, to] = [timeOf(attempt), endOf(attempt)];
    if (from < start - CARRIED_MS || from >= start + WINDOW_MS || (to <= start && from < start)) continue;
    changes.push([Math.max(from, start), 1], [Math.max(to, Math.max(from, start) + 1), -1]);
  }
  changes.sort(([a, more], [b, less]) => a - b || more - less);
  let running = 0;
  let most = 0;
  for (const [at, change] of changes) {
    if (at >= start + WINDOW_MS) break;
    running += change;
    most = Math.max(most, running);
  }
  return most;
}
