import type { LogFormat } from '../../records/log-record.ts';

/** Where an invocation's own platform records stand in the ordered stream. Positions; absent means not seen. */
export interface InvocationSpan {
  readonly requestId: string;
  readonly start?: number;
  readonly end?: number;
  readonly report?: number;
  /** Least and greatest of the positions above. */
  readonly first: number;
  readonly last: number;
}

export function invocationSpan(
  requestId: string,
  { start, end, report }: { start?: number | undefined; end?: number | undefined; report?: number | undefined },
): InvocationSpan {
  const greatest = Number.MAX_SAFE_INTEGER;
  const span: { -readonly [K in keyof InvocationSpan]: InvocationSpan[K] } = {
    requestId,
    first: Math.min(start ?? greatest, end ?? greatest, report ?? greatest),
    last: Math.max(start ?? -1, end ?? -1, report ?? -1),
  };
  if (start !== undefined) span.start = start;
  if (end !== undefined) span.end = end;
  if (report !== undefined) span.report = report;
  return span;
}

/** A START, END or REPORT as the search for brackets sees it. */
export interface LifecycleMark {
  /** In the ordered stream. */
  readonly position: number;
  readonly kind: 'start' | 'end' | 'report';
  readonly format: LogFormat;
  readonly requestId: string;
  readonly timestamp: number;
  readonly durationMs?: number | undefined;
  readonly initDurationMs?: number | undefined;
  readonly memorySizeMb?: number | undefined;
}
