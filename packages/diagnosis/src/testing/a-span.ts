import type { TraceSpan } from '@lamplighter/contracts';

/** A span of a trace, named after its id. */
export const aSpan = (
  spanId: string,
  startedAt: number,
  durationMs: number,
  more: Partial<TraceSpan> = {},
): TraceSpan => ({
  traceId: 't',
  spanId,
  name: spanId,
  startedAt,
  endedAt: startedAt + durationMs,
  durationMs,
  ...more,
});
