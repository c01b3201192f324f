import type { Attempt, ProcessedMessage } from './invocation.ts';
import { sortMessages } from './timeline/attempt-from.ts';

/**
 * Everything known about one request: its attempts, oldest first, and their sum. Figures and outcome are the last attempt's, `startedAt` is
 * the first one's, `billedDurationMs`, `logLines` and `eventCount` are added up, `messages` and `missing` are united. Absent means not known.
 */
export interface Invocation extends Attempt {
  readonly attempts: readonly Attempt[];
}

/**
 * One derivation for each attempt: of two for the same place in a stream the one from more events is kept. Uniting is commutative,
 * associative and idempotent, so it does not matter when and how often derivations arrive. Oldest first.
 */
export function uniteAttempts(attempts: Iterable<Attempt>): Attempt[] {
  const given = [...attempts];
  if (given.length < 2) return given;
  const newest = new Map<string, Attempt>();
  for (const attempt of given) {
    const key = JSON.stringify([attempt.requestId, attempt.logStream, attempt.ordinal]);
    const other = newest.get(key);
    if (other === undefined || isNewer(attempt, other)) newest.set(key, attempt);
  }
  return [...newest.values()].sort(compareAttempts);
}

function isNewer(a: Attempt, b: Attempt): boolean {
  if (a.eventCount !== b.eventCount) return a.eventCount > b.eventCount;
  // Equally many events: any rule will do that does not depend on the order of arrival.
  return canonical(a) > canonical(b);
}

const canonical = (attempt: Attempt): string =>
  JSON.stringify(Object.entries(attempt).sort(([a], [b]) => (a < b ? -1 : 1)));

function compareAttempts(a: Attempt, b: Attempt): number {
  const byTime = (a.startedAt ?? a.endedAt ?? 0) - (b.startedAt ?? b.endedAt ?? 0);
  if (byTime !== 0) return byTime;
  if (a.logStream !== b.logStream) return a.logStream < b.logStream ? -1 : 1;
  return a.ordinal - b.ordinal;
}

/** The story of one request from derivations of its attempts, in any order. Throws RangeError where there is none, or of several requests. */
export function mergeAttempts(attempts: Iterable<Attempt>): Invocation {
  const united = uniteAttempts(attempts);
  const first = united[0];
  const last = united.at(-1);
  if (first === undefined || last === undefined) throw new RangeError('mergeAttempts requires at least 1 attempt');
  if (united.length === 1) return { ...last, attempts: united };
  if (united.some(({ requestId }) => requestId !== first.requestId))
    throw new RangeError('mergeAttempts requires attempts of one request');
  const invocation: Mutable<Invocation> = { ...last, attempts: united };
  const billedDurationMs = sumKnown(united.map((attempt) => attempt.billedDurationMs));
  if (billedDurationMs !== undefined) invocation.billedDurationMs = billedDurationMs;
  if (first.startedAt !== undefined) invocation.startedAt = first.startedAt;
  const traceId = last.traceId ?? first.traceId;
  if (traceId !== undefined) invocation.traceId = traceId;
  invocation.messages = unionOf(united);
  invocation.logLines = united.reduce((sum, { logLines }) => sum + logLines, 0);
  invocation.eventCount = united.reduce((sum, { eventCount }) => sum + eventCount, 0);
  invocation.missing = [...new Set(united.flatMap(({ missing }) => missing))].sort();
  return invocation;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function sumKnown(values: readonly (number | undefined)[]): number | undefined {
  const given = values.filter((value) => value !== undefined);
  return given.length === 0 ? undefined : given.reduce((sum, value) => sum + value, 0);
}

function unionOf(attempts: readonly Attempt[]): ProcessedMessage[] {
  const all = attempts.flatMap(({ messages }) => messages);
  return sortMessages([
    ...new Map(all.map((message) => [JSON.stringify([message.stream, message.sequenceNumber]), message])).values(),
  ]);
}
