import * as z from 'zod';
import { FunctionWindow } from './function-window.ts';
import { Trace, TraceSpan } from './trace.ts';

/**
 * What the ingestion service answers about invocations: the request and answer shapes of its query function
 * `lamplighter-ingestion-<stage>-query-audit`. Times are epoch milliseconds, durations milliseconds, memory MB, costs USD; absent means not known.
 */
const scope = { accountId: z.string().optional(), region: z.string().optional() };
const page = { limit: z.number().int().min(1).max(1000).optional(), cursor: z.string().optional() };
const range = { since: z.number().int().optional(), until: z.number().int().optional() };

/** A question to the audit: `kind` says which. Times are epoch milliseconds. */
export const AuditQuery = z.discriminatedUnion('kind', [
  /** The whole story of one request: figures, attempts, messages, log lines in order. */
  z.object({ kind: z.literal('by-request'), requestId: z.string().min(1).max(256) }),
  /** A function's invocations by start time, oldest first; with `newestFirst` one page of the newest. Their messages cost a read of each: `withoutMessages` saves it. */
  z.object({
    kind: z.literal('by-function'),
    functionName: z.string().min(1),
    newestFirst: z.boolean().optional(),
    withoutMessages: z.boolean().optional(),
    ...scope,
    ...range,
    ...page,
  }),
  /** Messages of a stream in their incoming order, each with the invocation that processed it; one message where `sequenceNumber` is given. */
  z.object({
    kind: z.literal('by-sequence'),
    stream: z.string().min(1),
    sequenceNumber: z.string().optional(),
    ...page,
  }),
  /** The spans of a trace; its id as X-Ray writes it (`1-…-…`) or as OpenTelemetry does (32 hex digits). */
  z.object({ kind: z.literal('by-trace'), traceId: z.string().min(1).max(64) }),
  /** Every function ever seen. */
  z.object({ kind: z.literal('functions'), ...page }),
  /** A function's minutes, summed from its invocations. */
  z.object({
    kind: z.literal('windows'),
    functionName: z.string().min(1),
    ...scope,
    since: z.number().int(),
    until: z.number().int(),
  }),
  /**
   * What share of a function's invocations was audited, per hour, from the loss ledger; hours that it has not recorded are compared at once,
   * which asks CloudWatch, unless `recordedOnly`.
   */
  z.object({
    kind: z.literal('completeness'),
    functionName: z.string().min(1),
    recordedOnly: z.boolean().optional(),
    ...scope,
    ...range,
  }),
]);
export type AuditQuery = z.infer<typeof AuditQuery>;

const InvocationStatus = z.enum(['success', 'error', 'timeout', 'out-of-memory', 'init-error', 'unknown']);

/** One invocation: a line of `audit.ndjson`. */
export const InvocationSummary = z.object({
  requestId: z.string(),
  functionName: z.string().optional(),
  version: z.string().optional(),
  accountId: z.string(),
  region: z.string(),
  logGroup: z.string(),
  logStream: z.string(),
  startedAt: z.number().optional(),
  durationMs: z.number().optional(),
  billedDurationMs: z.number().optional(),
  memorySizeMb: z.number().optional(),
  maxMemoryUsedMb: z.number().optional(),
  initDurationMs: z.number().optional(),
  restoreDurationMs: z.number().optional(),
  coldStart: z.boolean(),
  status: InvocationStatus,
  errorType: z.string().optional(),
  errorMessage: z.string().optional(),
  traceId: z.string().optional(),
  messages: z.array(z.object({ stream: z.string(), sequenceNumber: z.string() })),
  logLines: z.number().int(),
  attempts: z.number().int(),
  /** As a window's: of x86_64, whatever the function runs on. */
  costUsd: z.number().optional(),
  missing: z.array(z.string()),
});
export type InvocationSummary = z.infer<typeof InvocationSummary>;

/** One execution of the request; an asynchronous request that was retried has several. */
export const AttemptSummary = InvocationSummary.omit({
  requestId: true,
  functionName: true,
  accountId: true,
  region: true,
  logGroup: true,
  messages: true,
  attempts: true,
}).extend({ endedAt: z.number().optional(), runtimeVersion: z.string().optional() });
export type AttemptSummary = z.infer<typeof AttemptSummary>;

/** One log line of a story, as the service or the application wrote it. */
export const StoryLine = z.object({
  timestamp: z.number(),
  logStream: z.string(),
  source: z.enum(['platform', 'application']),
  level: z.string().optional(),
  message: z.string(),
});
export type StoryLine = z.infer<typeof StoryLine>;

/** The share of a function's invocations of an hour that was audited. */
export const CompletenessHour = z.object({
  /** Start of the hour, epoch milliseconds. */
  hour: z.number(),
  /** What CloudWatch's `Invocations` says. */
  invoked: z.number(),
  audited: z.number(),
  completenessPct: z.number(),
  /** Invocations found again in the log group by the backfill of this hour. */
  backfilled: z.number(),
  /** The ledger may not read the log group: what is missing cannot be found again. */
  unreadable: z.boolean().optional(),
});
export type CompletenessHour = z.infer<typeof CompletenessHour>;

/** All that is known of one request. */
export const InvocationStory = z.object({
  invocation: InvocationSummary,
  attempts: z.array(AttemptSummary),
  /** In order of time; lines beyond the answer's size limit are counted in `linesOmitted`. */
  lines: z.array(StoryLine),
  linesOmitted: z.number().int(),
  /** Spans of the request's traces, as `aws/spans` told of them or as X-Ray keeps them, in order of their start. */
  spans: z.array(TraceSpan).optional(),
  completeness: CompletenessHour.optional(),
});
export type InvocationStory = z.infer<typeof InvocationStory>;

/** A function whose logs come in, and the log group that they come from. */
export const WatchedFunction = z.object({
  functionName: z.string(),
  accountId: z.string(),
  region: z.string(),
  logGroup: z.string(),
});
export type WatchedFunction = z.infer<typeof WatchedFunction>;

/** What the ingestion service answers to an `AuditQuery`. `cursor` fetches the next page; absent on the last one. */
export const AuditAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('story'), story: InvocationStory }),
  z.object({ kind: z.literal('not-found'), nearest: z.array(z.string()) }),
  z.object({ kind: z.literal('invocations'), invocations: z.array(InvocationSummary), cursor: z.string().optional() }),
  z.object({
    kind: z.literal('messages'),
    messages: z.array(
      z.object({
        stream: z.string(),
        sequenceNumber: z.string(),
        requestId: z.string(),
        functionName: z.string().optional(),
        status: InvocationStatus,
      }),
    ),
    cursor: z.string().optional(),
  }),
  z.object({ kind: z.literal('trace'), trace: Trace }),
  z.object({ kind: z.literal('functions'), functions: z.array(WatchedFunction), cursor: z.string().optional() }),
  z.object({ kind: z.literal('windows'), windows: z.array(FunctionWindow) }),
  z.object({ kind: z.literal('completeness'), hours: z.array(CompletenessHour) }),
  z.object({ kind: z.literal('invalid-query'), reason: z.string() }),
]);
export type AuditAnswer = z.infer<typeof AuditAnswer>;
