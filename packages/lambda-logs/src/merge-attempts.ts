import type { Attempt, InvocationStatus, MissingPart, ProcessedMessage } from './invocation.ts';
import { known } from './json-fields.ts';
import { sortMessages } from './timeline/attempt-from.ts';

/** Everything known about one request: its attempts, oldest first, and their sum. Absent means not known. */
export interface Invocation {
  readonly requestId: string;
  readonly attempts: readonly Attempt[];
  /** Of the first attempt, epoch milliseconds. */
  readonly startedAt?: number;
  /** Of the last attempt: its outcome and figures stand for the request's. */
  readonly endedAt?: number;
  readonly logStream: string;
  readonly version?: string;
  readonly status: InvocationStatus;
  readonly errorType?: string;
  readonly errorMessage?: string;
  readonly durationMs?: number;
  readonly memorySizeMb?: number;
  readonly maxMemoryUsedMb?: number;
  readonly initDurationMs?: number;
  readonly restoreDurationMs?: number;
  readonly coldStart: boolean;
  readonly runtimeVersion?: string;
  readonly traceId?: string;
  /** Summed over all attempts: each is billed. */
  readonly billedDurationMs?: number;
  readonly messages: readonly ProcessedMessage[];
  readonly logLines: number;
  /** Parts missing from any attempt. */
  readonly missing: readonly MissingPart[];
}

/**
 * One derivation for each attempt: of two for the same place in a stream the one from more events is kept. Uniting is commutative,
 * associative and idempotent, so it does not matter when and how often derivations arrive. Oldest first.
 */
export function uniteAttempts(attempts: Iterable<Attempt>): Attempt[] {
  const newest = new Map<string, Attempt>();
  for (const attempt of attempts) {
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

const canonical = (attempt: Attempt): string => JSON.stringify(Object.entries(attempt).sort(([a], [b]) => (a < b ? -1 : 1)));

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
  if (united.some(({ requestId }) => requestId !== first.requestId)) throw new RangeError('mergeAttempts requires attempts of one request');
  return known<Invocation>({
    requestId: first.requestId,
    attempts: united,
    startedAt: first.startedAt,
    endedAt: last.endedAt,
    logStream: last.logStream,
    version: last.version,
    status: last.status,
    errorType: last.errorType,
    errorMessage: last.errorMessage,
    durationMs: last.durationMs,
    memorySizeMb: last.memorySizeMb,
    maxMemoryUsedMb: last.maxMemoryUsedMb,
    initDurationMs: last.initDurationMs,
    restoreDurationMs: last.restoreDurationMs,
    coldStart: last.coldStart,
    runtimeVersion: last.runtimeVersion,
    traceId: last.traceId ?? first.traceId,
    billedDurationMs: united.length === 1 ? first.billedDurationMs : sumKnown(united.map(({ billedDurationMs }) => billedDurationMs)),
    messages: united.length === 1 ? first.messages : unionOf(united),
    logLines: united.reduce((sum, { logLines }) => sum + logLines, 0),
    missing: united.length === 1 ? first.missing : [...new Set(united.flatMap(({ missing }) => missing))].sort(),
  });
}

function sumKnown(values: readonly (number | undefined)[]): number | undefined {
  const given = values.filter((value) => value !== undefined);
  return given.length === 0 ? undefined : given.reduce((sum, value) => sum + value, 0);
}

function unionOf(attempts: readonly Attempt[]): ProcessedMessage[] {
  const all = attempts.flatMap(({ messages }) => messages);
  return sortMessages([...new Map(all.map((message) => [JSON.stringify([message.stream, message.sequenceNumber]), message])).values()]);
}
