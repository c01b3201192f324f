import type { TraceSpan } from '@lamplighter/contracts';
import type { Interval } from './intervals.ts';

/** One execution of a request's handler, as its report tells it: epoch milliseconds and milliseconds, absent where not known. */
export interface Run {
  readonly startedAt?: number | undefined;
  readonly durationMs?: number | undefined;
  readonly initDurationMs?: number | undefined;
  readonly restoreDurationMs?: number | undefined;
}

/** When the handler ran; undefined where its report does not tell. */
export const handlerTime = ({ startedAt, durationMs }: Run): Interval | undefined =>
  startedAt === undefined || durationMs === undefined ? undefined : { from: startedAt, to: startedAt + durationMs };

/** What came before the handler in a new environment: its initialisation, or its restoration from a snapshot. */
export function startTime({ startedAt, initDurationMs, restoreDurationMs }: Run): Interval | undefined {
  const lasted = restoreDurationMs ?? initDurationMs;
  return startedAt === undefined || lasted === undefined ? undefined : { from: startedAt - lasted, to: startedAt };
}

/** When a span ran. */
export const spanTime = ({ startedAt, durationMs }: TraceSpan): Interval => ({
  from: startedAt,
  to: startedAt + Math.max(0, durationMs),
});

/** The spans of each run, those of the first one first: a span is of the last run that had begun when it ended, and of the first where none had. */
export function spansByRun(spans: readonly TraceSpan[], runs: readonly Run[]): readonly (readonly TraceSpan[])[] {
  const begins = runs.map((run) => startTime(run)?.from ?? run.startedAt ?? Number.NEGATIVE_INFINITY);
  const byRun = Map.groupBy(spans, (span) =>
    Math.max(
      0,
      begins.findLastIndex((begin) => begin < spanTime(span).to),
    ),
  );
  return runs.map((_, at) => byRun.get(at) ?? []);
}
