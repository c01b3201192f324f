import type { LogEvent } from '@lamplighter/lambda-logs';
import { type AttributedAttempt, beginOf } from './attributed-attempt.ts';

/** When the first attempt began that a delivery bears on: one that owns an event of it; epoch milliseconds. */
export function firstConcerned(attempts: readonly AttributedAttempt[], delivered: readonly LogEvent[]): number {
  const ids = new Set(delivered.map(({ id }) => id));
  let first = delivered[0]!.timestamp;
  for (const one of attempts) {
    const begin = beginOf(one);
    if (begin < first && one.lines.some(({ event }) => ids.has(event.id))) first = begin;
  }
  return first;
}

/** When the first began of all attempts that still ran at a time: what they own may depend on which others did. */
export function firstRunningAt(attempts: readonly AttributedAttempt[], timestamp: number): number {
  let first = timestamp;
  for (const one of attempts) {
    const { endedAt = Number.POSITIVE_INFINITY } = one.attempt;
    if (endedAt >= timestamp) first = Math.min(first, beginOf(one));
  }
  return first;
}

/** Whether an attempt that began until then has no end yet among what was seen. */
export function isAnyOpen(attempts: readonly AttributedAttempt[], until: number): boolean {
  return attempts.some((one) => one.attempt.endedAt === undefined && beginOf(one) <= until);
}
