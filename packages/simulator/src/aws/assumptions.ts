import * as z from 'zod';

/**
 * What the twin assumes where AWS publishes no figure. Every value can be set in a scenario under `assumptions`; a report prints those that
 * were changed. None of them is AWS's word.
 */
export const Assumptions = z.strictObject({
  /** How long an idle environment is kept. */
  keepAliveMs: z.number().min(0).default(600_000),
  /** How long an environment lives at all: "terminated every few hours", says AWS without a number. 0 means for ever. */
  environmentLifetimeMs: z.number().min(0).default(14_400_000),
  /** Before provisioned concurrency begins to allocate: AWS says one to two minutes. */
  provisionedDelayMs: z.number().min(0).default(90_000),
  /** Concurrency units of CPU that one invocation can use: code that runs on one thread gains nothing beyond one vCPU. */
  usableVcpus: z.number().positive().default(1),
  /** Spread (sigma of the logarithm) of init durations. */
  initSpread: z.number().min(0).max(2).default(0.15),
  /** Attempts that an AWS SDK makes on a throttled call, and the wait before the second; it doubles. */
  sdkAttempts: z.number().int().min(1).max(10).default(3),
  sdkBackoffMs: z.number().min(0).default(100),
  /** Round trips: a DynamoDB call, a cache call, a put to a stream or queue, what API Gateway and CloudFront add. */
  tableCallMs: z.number().min(0).default(5),
  cacheCallMs: z.number().min(0).default(1),
  putCallMs: z.number().min(0).default(8),
  apiOverheadMs: z.number().min(0).default(10),
  /** Aurora: share of capacity above which it grows, and below which it shrinks. */
  acuGrowAbovePct: z.number().min(1).max(100).default(70),
  acuShrinkBelowPct: z.number().min(1).max(100).default(40),
  /** Aurora: growth a second, a fixed part and a part of the current capacity ("the larger it is, the larger its steps"); and decline a second. */
  acuGrowPerSecond: z.number().min(0).default(0.5),
  acuGrowPctPerSecond: z.number().min(0).default(5),
  acuShrinkPctPerSecond: z.number().min(0).default(1),
  /** Aurora: CPU milliseconds that an ACU does in a second. */
  acuCpuMsPerSecond: z.number().positive().default(250),
  /** Aurora: how long a reboot refuses every connection. */
  databaseRebootMs: z.number().min(0).default(20_000),
  /** Wait for a connection before a statement fails. */
  connectWaitMs: z.number().min(0).default(1_000),
  /** ElastiCache Serverless: ECPU a second at first, and how long it takes to double. */
  cacheEcpuPerSecond: z.number().positive().default(30_000),
  cacheDoublingMs: z.number().positive().default(150_000),
  /** ElastiCache Serverless: GB billed at least. The price book holds no confirmed minimum. */
  cacheMinimumGb: z.number().min(0).default(0.1),
  /** CloudFront: USD a GB sent to viewers. The price book holds no confirmed price. */
  cdnUsdPerGb: z.number().min(0).default(0.085),
  /** How long UpdateShardCount takes: "could take a few minutes", says AWS. */
  reshardMs: z.number().min(0).default(120_000),
  /** Wait between two attempts at a failing batch of a stream. */
  batchRetryMs: z.number().min(0).default(1_000),
  /**
   * Wait before a throttled batch of a queue is tried again; it doubles until the visibility timeout ends it. AWS says that throttled pollers
   * become fewer, without a number; here they grow by what waits, as they do otherwise, and receive more than the function can take.
   */
  queueRetryMs: z.number().positive().default(1_000),
  /**
   * The fleet that the report compares with: tasks of Fargate, Linux on x86, always as many as the peak needs. Prices as
   * https://aws.amazon.com/fargate/pricing/ gives them for us-east-1 (quoted by https://www.vantage.sh/blog/fargate-pricing, seen 2026).
   */
  fleetUsdPerVcpuHour: z.number().min(0).default(0.04048),
  fleetUsdPerGbHour: z.number().min(0).default(0.004445),
  fleetTaskVcpu: z.number().positive().default(1),
  fleetTaskGb: z.number().positive().default(2),
  /** Share of its CPU at which a task of the fleet is full, and requests that it holds at once while they wait for others. */
  fleetUtilisationPct: z.number().min(1).max(100).default(60),
  fleetRequestsPerTask: z.number().int().min(1).default(100),
});
export type Assumptions = z.infer<typeof Assumptions>;
