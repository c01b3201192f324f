import * as z from 'zod';

/** One span of a trace as `aws/spans` told it. Times are epoch milliseconds; absent means not known. */
export const TraceSpan = z.object({
  /** 32 hex digits. */
  traceId: z.string(),
  /** 16 hex digits. */
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
  startedAt: z.number(),
  endedAt: z.number(),
  /** To the nanosecond where the span tells it. */
  durationMs: z.number(),
  requestId: z.string().optional(),
  functionArn: z.string().optional(),
  functionName: z.string().optional(),
  serviceName: z.string().optional(),
  spanKind: z.enum(['internal', 'server', 'client', 'producer', 'consumer']).optional(),
  /** What it called. */
  remoteService: z.string().optional(),
  remoteOperation: z.string().optional(),
  httpStatusCode: z.number().int().optional(),
  error: z.object({ type: z.string().optional(), message: z.string().optional() }).optional(),
});
export type TraceSpan = z.infer<typeof TraceSpan>;

/** A trace: its spans by start, then by id, each once. Parents may be missing, and a hostile one may name circles. */
export const Trace = z.object({
  traceId: z.string(),
  spans: z.array(TraceSpan),
  /** Spans beyond the answer's size. */
  spansOmitted: z.number().int(),
});
export type Trace = z.infer<typeof Trace>;
