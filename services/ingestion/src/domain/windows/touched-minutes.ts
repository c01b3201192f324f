import type { InvocationItem } from '../invocation-item.ts';
import { type StoredAttempt, timeOf } from '../stored-attempt.ts';
import { endOf } from './max-concurrency.ts';
import { minuteAt, WINDOW_MS } from './minute.ts';

/** Start of each minute whose window an attempt bears on: the one it began in, and the next where it ran on into it. */
export function touchedMinutes(attempt: StoredAttempt): number[] {
  const start = minuteAt(timeOf(attempt));
  return endOf(attempt) > start + WINDOW_MS ? [start, start + WINDOW_MS] : [start];
}

/** Minutes that a stream's attempts of an item no longer bear on once it is as `after`. */
export function lostMinutes(
  streamId: string,
  before: InvocationItem | undefined,
  after: InvocationItem | undefined,
): number[] {
  const kept = new Set(attemptsOfStream(streamId, after).flatMap(touchedMinutes));
  const former = new Set(attemptsOfStream(streamId, before).flatMap(touchedMinutes));
  return [...former].filter((minute) => !kept.has(minute));
}

function attemptsOfStream(streamId: string, item: InvocationItem | undefined): StoredAttempt[] {
  return (item?.attempts ?? []).filter((attempt) => attempt.streamId === streamId);
}
