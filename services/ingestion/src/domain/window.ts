import { gzipSync } from 'node:zlib';
import { DDSketch } from '@datadog/sketches-js';
import type { FunctionWindow } from '@lamplighter/contracts';
import { costOfAttempt } from './cost-of-attempt.ts';
import type { InvocationItem } from './invocation-item.ts';
import { type StoredAttempt, timeOf } from './stored-attempt.ts';

export const WINDOW_MS = 60_000;
/** Relative error of a quantile read from the sketch (DDSketch, Masson et al., VLDB 2019). */
const RELATIVE_ACCURACY = 0.01;

/**
 * A function's minutes from its invocations: every attempt counts in the minute it began. A window is summed when it is read, over items of
 * which there is exactly one per request, so nothing that happened to the deliveries can count an invocation twice.
 */
export function windowsOf(
  functionName: string,
  items: readonly InvocationItem[],
  from: number,
  until: number,
): FunctionWindow[] {
  const byStart = new Map<number, StoredAttempt[]>();
  for (const attempt of distinct(items).flatMap((item) => item.attempts)) {
    const at = timeOf(attempt);
    if (at < from || at >= until) continue;
    const start = Math.floor(at / WINDOW_MS) * WINDOW_MS;
    const group = byStart.get(start);
    if (group) group.push(attempt);
    else byStart.set(start, [attempt]);
  }
  return [...byStart].sort(([a], [b]) => a - b).map(([start, attempts]) => summed(functionName, start, attempts));
}

/** Each invocation once, in an order of its own: sums of floating-point figures do not depend on how they were read. */
function distinct(items: readonly InvocationItem[]): InvocationItem[] {
  return [...new Map(items.map((item) => [item.pk, item])).values()].sort((a, b) => (a.pk < b.pk ? -1 : 1));
}

function summed(functionName: string, start: number, attempts: readonly StoredAttempt[]): FunctionWindow {
  const sketch = new DDSketch({ relativeAccuracy: RELATIVE_ACCURACY });
  const durations = figures(attempts, (attempt) => attempt.durationMs);
  for (const duration of durations) sketch.accept(duration);
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
    initDurationMs: sumAndMax(figures(attempts, (attempt) => attempt.initDurationMs)),
    billedDurationMs: sum(figures(attempts, (attempt) => attempt.billedDurationMs)),
    maxMemoryUsedMb: max(figures(attempts, (attempt) => attempt.maxMemoryUsedMb)),
    memorySizeMb: max(figures(attempts, (attempt) => attempt.memorySizeMb)),
    costUsd: sum(figures(attempts, costOfAttempt)),
    durationSketch: gzipSync(sketch.toProto()).toString('base64'),
  };
}

function figures(attempts: readonly StoredAttempt[], figure: (attempt: StoredAttempt) => number | undefined): number[] {
  return attempts.map(figure).filter((value) => value !== undefined);
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const max = (values: readonly number[]) => values.reduce((highest, value) => Math.max(highest, value), 0);
const sumAndMax = (values: readonly number[]) => ({ sum: sum(values), max: max(values) });
