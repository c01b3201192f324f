import { gzipSync } from 'node:zlib';
import { DDSketch } from '@datadog/sketches-js';
import type { AttemptSummary, FunctionWindow } from '@lamplighter/contracts';
import { fingerprintOf } from '@lamplighter/lambda-logs';

/** One execution of a request. */
export type Call = Pick<
  AttemptSummary,
  | 'startedAt'
  | 'durationMs'
  | 'billedDurationMs'
  | 'memorySizeMb'
  | 'maxMemoryUsedMb'
  | 'initDurationMs'
  | 'coldStart'
  | 'status'
  | 'errorType'
  | 'errorMessage'
  | 'costUsd'
  | 'version'
> & { readonly requestId: string };

const MINUTE_MS = 60_000;
const MOST_KINDS = 10;
/** So many quiet minutes after a busy one are told as minutes of zero calls; as the ingestion service does. */
const MOST_QUIET = 3;

/** The minutes of a function from its executions, as the ingestion service sums them: each counts in the minute it began. Executions without a time are left out. */
export function windowsOfCalls(
  functionName: string,
  calls: readonly Call[],
  since: number,
  until: number,
): FunctionWindow[] {
  const timed = calls.filter(({ startedAt }) => startedAt !== undefined && startedAt >= since && startedAt < until);
  const minutes = Map.groupBy(timed, ({ startedAt }) => Math.floor((startedAt ?? 0) / MINUTE_MS) * MINUTE_MS);
  const starts = [...minutes.keys()].sort((a, b) => a - b);
  return starts.flatMap((start, index) => [
    windowOf(functionName, start, minutes.get(start) ?? []),
    ...quietBetween(start, starts[index + 1]).map((quiet) => windowOf(functionName, quiet, [])),
  ]);
}

function quietBetween(start: number, next: number | undefined): number[] {
  if (next === undefined) return [];
  const quiet = Math.min(MOST_QUIET, (next - start) / MINUTE_MS - 1);
  return Array.from({ length: quiet }, (_, index) => start + (index + 1) * MINUTE_MS);
}

function windowOf(functionName: string, start: number, calls: readonly Call[]): FunctionWindow {
  const count = (status: Call['status']): number => calls.filter((call) => call.status === status).length;
  const durations = known(calls, ({ durationMs }) => durationMs);
  const inits = known(calls, ({ initDurationMs }) => initDurationMs);
  return {
    functionName,
    start,
    invocations: calls.length,
    errors: count('error'),
    timeouts: count('timeout'),
    outOfMemory: count('out-of-memory'),
    initErrors: count('init-error'),
    unknown: count('unknown'),
    coldStarts: calls.filter(({ coldStart }) => coldStart).length,
    durationMs: sumAndMax(durations),
    initDurationMs: sumAndMax(inits),
    billedDurationMs: sum(known(calls, ({ billedDurationMs }) => billedDurationMs)),
    maxMemoryUsedMb: Math.max(0, ...known(calls, ({ maxMemoryUsedMb }) => maxMemoryUsedMb)),
    memorySizeMb: Math.max(0, ...known(calls, ({ memorySizeMb }) => memorySizeMb)),
    costUsd: sum(known(calls, ({ costUsd }) => costUsd)),
    durationSketch: sketchOf(durations),
    byVersion: versionsOf(calls),
    errorTypes: errorTypesOf(calls),
    exampleRequestIds: {
      slowest: idsOf([...calls].sort((a, b) => (b.durationMs ?? 0) - (a.durationMs ?? 0))),
      timeouts: idsOf(calls.filter(({ status }) => status === 'timeout')),
      outOfMemory: idsOf(calls.filter(({ status }) => status === 'out-of-memory')),
    },
    ...timeoutOf(calls),
  };
}

function versionsOf(calls: readonly Call[]): NonNullable<FunctionWindow['byVersion']> {
  const named = calls.filter(({ version }) => version !== undefined);
  return [...Map.groupBy(named, ({ version = '' }) => version)].map(([version, group]) => {
    const durations = known(group, ({ durationMs }) => durationMs);
    return {
      version,
      invocations: group.length,
      failures: group.filter(isFailure).length,
      coldStarts: group.filter(({ coldStart }) => coldStart).length,
      durationMs: sumAndMax(durations),
      durationSketch: sketchOf(durations),
    };
  });
}

function errorTypesOf(calls: readonly Call[]): NonNullable<FunctionWindow['errorTypes']> {
  const failed = calls.filter(isFailure).map((call) => ({ call, ...fingerprintOf(call.errorType, call.errorMessage) }));
  return [...Map.groupBy(failed, ({ fingerprint }) => fingerprint)]
    .map(([fingerprint, [first, ...rest]]) => ({
      ...(first?.call.errorType === undefined ? {} : { errorType: first.call.errorType.slice(0, 200) }),
      fingerprint,
      template: first?.template ?? '',
      count: 1 + rest.length,
      exampleRequestId: first?.call.requestId ?? '',
    }))
    .sort((a, b) => b.count - a.count || (a.fingerprint < b.fingerprint ? -1 : 1))
    .slice(0, MOST_KINDS);
}

/** Lambda says the timeout in seconds, with two digits behind the point. */
function timeoutOf(calls: readonly Call[]): { timeoutMs?: number } {
  const seconds = calls.map(
    ({ errorMessage }) => /Task timed out after (\d{1,4}\.\d\d) seconds/.exec(errorMessage ?? '')?.[1],
  );
  const last = seconds.findLast((each) => each !== undefined);
  return last === undefined ? {} : { timeoutMs: Number(last) * 1_000 };
}

const isFailure = ({ status }: Call): boolean => status !== 'success' && status !== 'unknown';
const idsOf = (calls: readonly Call[]): string[] => calls.slice(0, 3).map(({ requestId }) => requestId);
const known = (calls: readonly Call[], of: (call: Call) => number | undefined): number[] =>
  calls.map(of).filter((value) => value !== undefined);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const sumAndMax = (values: readonly number[]) => ({ sum: sum(values), max: Math.max(0, ...values) });

function sketchOf(durations: readonly number[]): string {
  const sketch = new DDSketch({ relativeAccuracy: 0.01 });
  for (const each of durations) sketch.accept(each);
  return gzipSync(sketch.toProto()).toString('base64');
}
