import type { FunctionWindow } from '@lamplighter/contracts';
import { costOfAttempt } from '../cost-of-attempt.ts';
import type { InvocationItem } from '../invocation-item.ts';
import { isWhole, type StoredAttempt, timeOf } from '../stored-attempt.ts';
import { type AttemptOfRequest, attemptsOf } from './attempt-of-request.ts';
import { byVersion } from './by-version.ts';
import { errorTypesOf, handledErrorsOf } from './error-types.ts';
import { exampleRequests } from './example-requests.ts';
import { figuresOf, max, sum, sumAndMax } from './figures.ts';
import { maxConcurrency } from './max-concurrency.ts';
import { minuteAt, WINDOW_MS } from './minute.ts';
import { seenTimeoutMs } from './seen-timeout.ts';
import { sketchOf } from './sketch-of.ts';

/**
 * A function's minutes from its invocations: every attempt counts in the minute it began. A window is summed when it is read, over items of
 * which there is exactly one per request, so nothing that happened to the deliveries can count an invocation twice. For concurrency the items
 * reach a minute further back than `from`. Minutes without attempts are left out.
 */
export function windowsOf(
  functionName: string,
  items: readonly InvocationItem[],
  from: number,
  until: number,
): FunctionWindow[] {
  const minutes = byMinute(functionName, items);
  return [...minutes.keys()]
    .filter((start) => start > from - WINDOW_MS && start < until)
    .sort((a, b) => a - b)
    .map((start) => windowAt(functionName, minutes, start, { from, until }))
    .filter(({ invocations }) => invocations > 0);
}

/** A function's attempts by the minute in which they began; what another function printed of its requests is none of them. */
export type Minutes = ReadonlyMap<number, readonly AttemptOfRequest[]>;

export function byMinute(functionName: string, items: readonly InvocationItem[]): Minutes {
  const own = attemptsOf(items).filter(({ attempt }) => (attempt.functionName ?? attempt.logGroup) === functionName);
  return Map.groupBy(own, ({ attempt }) => minuteAt(timeOf(attempt)));
}

/** One minute's window, with zeros where nothing began in it; `from` and `until` leave out what lies beyond them. */
export function windowAt(
  functionName: string,
  minutes: Minutes,
  start: number,
  { from, until }: { readonly from: number; readonly until: number } = { from: start, until: start + WINDOW_MS },
): FunctionWindow {
  const began = (minutes.get(start) ?? []).filter(({ attempt }) => timeOf(attempt) >= from && timeOf(attempt) < until);
  const carried = (minutes.get(start - WINDOW_MS) ?? []).map(({ attempt }) => attempt);
  const attempts = began.map(({ attempt }) => attempt);
  return {
    ...summed(functionName, start, attempts),
    ...detailed(began),
    maxConcurrency: maxConcurrency([...carried, ...attempts], start),
  };
}

/** How many attempts that began in a minute the audit has from beginning to end. */
export const wholeAt = (minutes: Minutes, start: number): number =>
  (minutes.get(start) ?? []).filter(({ attempt }) => isWhole(attempt)).length;

function summed(functionName: string, start: number, attempts: readonly StoredAttempt[]): FunctionWindow {
  const durations = figuresOf(attempts, (attempt) => attempt.durationMs);
  const count = (status: StoredAttempt['status']) => attempts.filter((attempt) => attempt.status === status).length;
  return {
    functionName,
    start,
    invocations: attempts.length,
    errors: count('error'),
    timeouts: count('timeout'),
    outOfMemory: count('out-of-memory'),
    initErrors: count('init-error'),
    unknown: count('unknown'),
    coldStarts: attempts.filter((attempt) => attempt.coldStart).length,
    durationMs: sumAndMax(durations),
    initDurationMs: sumAndMax(figuresOf(attempts, (attempt) => attempt.initDurationMs)),
    billedDurationMs: sum(figuresOf(attempts, (attempt) => attempt.billedDurationMs)),
    maxMemoryUsedMb: max(figuresOf(attempts, (attempt) => attempt.maxMemoryUsedMb)),
    memorySizeMb: max(figuresOf(attempts, (attempt) => attempt.memorySizeMb)),
    costUsd: sum(figuresOf(attempts, costOfAttempt)),
    durationSketch: sketchOf(durations),
  };
}

/** What a minute tells beyond sums; nothing of it for a minute without attempts. */
function detailed(began: readonly AttemptOfRequest[]): Partial<FunctionWindow> {
  if (began.length === 0) return {};
  const attempts = began.map(({ attempt }) => attempt);
  const inits = figuresOf(attempts, (attempt) => attempt.initDurationMs);
  const versions = byVersion(attempts);
  const errorTypes = errorTypesOf(began);
  const handledErrors = handledErrorsOf(began);
  const timeoutMs = seenTimeoutMs(attempts);
  return {
    ...(inits.length === 0 ? {} : { initDurationSketch: sketchOf(inits) }),
    ...(versions.length === 0 ? {} : { byVersion: versions }),
    ...(errorTypes.length === 0 ? {} : { errorTypes }),
    ...(handledErrors.length === 0 ? {} : { handledErrors }),
    exampleRequestIds: exampleRequests(began),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  };
}
