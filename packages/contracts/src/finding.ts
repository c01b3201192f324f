import * as z from 'zod';

/** What is wrong, in the words of the field. A class answers "what kind of thing is this", never "why": that is in `causes`. */
export const FindingClass = z.enum([
  // Failures
  'error-burst',
  'timeouts',
  'out-of-memory',
  'init-failures',
  'throttling',
  'retry-storm',
  'recursive-loop',
  'poison-message',
  'async-failures',
  // Slowness
  'slow-down',
  'dependency-slow',
  'connection-pressure',
  'cold-starts',
  'iterator-age',
  // Change of load
  'traffic-spike',
  'traffic-drop',
  'no-data',
  // After a deploy
  'bad-deploy',
  // Before it happens
  'timeout-risk',
  'out-of-memory-risk',
  'memory-leak',
  'throttling-ahead',
  // Money
  'cost-anomaly',
  'over-provisioned',
  'right-size',
  // From elsewhere
  'alarm',
]);
export type FindingClass = z.infer<typeof FindingClass>;

/** How much something matters: `info` can wait, `warning` wants a look in working hours, `critical` wakes a person. */
export const Severity = z.enum(['info', 'warning', 'critical']);
export type Severity = z.infer<typeof Severity>;

/** The thing that a finding is about. `name` is what its owner calls it: a function's name, a table's, a queue's. */
export const WatchedResource = z.object({
  accountId: z.string(),
  region: z.string(),
  type: z.enum([
    'lambda-function',
    'dynamodb-table',
    'kinesis-stream',
    'sqs-queue',
    'aurora-cluster',
    'api',
    's3-bucket',
    'state-machine',
    'third-party',
    'account',
    'other',
  ]),
  name: z.string(),
  arn: z.string().optional(),
  /** Of a function: the version or alias that it is about, where it is about one. */
  version: z.string().optional(),
});
export type WatchedResource = z.infer<typeof WatchedResource>;

/** One fact that speaks for a finding or a cause, with the figures as measured. */
export const Evidence = z.object({
  /** A sentence that stands alone: "errors rose from 0.1 % to 38 % at 14:02". */
  text: z.string(),
  metric: z.string().optional(),
  before: z.number().optional(),
  after: z.number().optional(),
  unit: z.string().optional(),
  /** When it began, epoch milliseconds. */
  since: z.number().optional(),
  /** Requests to look at. */
  requestIds: z.array(z.string()).max(10).optional(),
  traceIds: z.array(z.string()).max(10).optional(),
});
export type Evidence = z.infer<typeof Evidence>;

/** A possible cause; the list that holds it is ranked, the likeliest first. */
export const RankedCause = z.object({
  kind: z.enum([
    'code',
    'deploy',
    'configuration-change',
    'dependency',
    'quota',
    'load',
    'message',
    'neighbour',
    'unknown',
  ]),
  /** The culprit's name: a segment, a version, a setting, a queue. */
  name: z.string(),
  /** How much of the effect it explains, 0 to 1, where that can be measured. */
  share: z.number().min(0).max(1).optional(),
  evidence: z.array(Evidence),
});
export type RankedCause = z.infer<typeof RankedCause>;

/** One thing that is wrong, from its opening to its end: one incident, one finding. */
export const Finding = z.object({
  /** Derived from resource, class and opening time, so that the same windows in any order give the same id. */
  findingId: z.string(),
  class: FindingClass,
  severity: Severity,
  resource: WatchedResource,
  state: z.enum(['open', 'resolved']),
  /** Raised by each change of the finding; the higher one is the newer one. */
  revision: z.number().int().nonnegative(),
  /** Epoch milliseconds: the first bad window's start, the newest bad window's, and the first quiet one's after the last. */
  openedAt: z.number(),
  updatedAt: z.number(),
  resolvedAt: z.number().optional(),
  /** One line, for a list and an alert's subject. */
  title: z.string(),
  /** One paragraph that a tired person understands. */
  explanation: z.string(),
  evidence: z.array(Evidence),
  causes: z.array(RankedCause),
  /** Findings of one cause share it; an alert goes out once a group. */
  groupKey: z.string(),
  /** 0 to 1. */
  confidence: z.number().min(0).max(1),
  /** What to look at next, each a command or a link and what it shows. */
  lookAt: z.array(z.object({ text: z.string(), command: z.string().optional(), url: z.string().optional() })),
});
export type Finding = z.infer<typeof Finding>;
