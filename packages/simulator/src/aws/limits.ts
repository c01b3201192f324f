/**
 * What AWS publishes about how its services scale: every value with the page it is from. These are rules, not settings; where AWS publishes
 * nothing, `assumptions.ts` names what the twin assumes.
 */
export const LIMITS = {
  /** New environments of a function in any 10 s; refilled continuously, unused is not accrued. https://docs.aws.amazon.com/lambda/latest/dg/scaling-behavior.html */
  environmentsPerScalingPeriod: 1_000,
  /** Requests a second that a function takes on in any 10 s, however few environments they need. Same page. */
  requestsPerSecondPerScalingPeriod: 10_000,
  /** The period of both. */
  scalingPeriodMs: 10_000,
  /** Requests a second that each unit of concurrency may serve; the same page gives the scaling rate as 10,000 requests/s for 1,000 environments. */
  requestsPerSecondPerConcurrency: 10,
  /** Concurrency of an account and Region unless it is raised. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
  accountConcurrency: 1_000,
  /** Concurrency that must stay unreserved. https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionConcurrency.html */
  unreservedConcurrency: 100,
  /** Environments a minute that provisioned concurrency allocates to a function. https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html */
  provisionedPerMinute: 6_000,
  /** Memory at which a function has one vCPU. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
  mbPerVcpu: 1_769,
  /** Longest init phase. https://aws.amazon.com/blogs/compute/aws-lambda-standardizes-billing-for-init-phase/ */
  initMs: 10_000,
  /** Waits before the retries of an asynchronous invocation that failed. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
  asyncRetryWaitsMs: [60_000, 120_000],
  /** Longest that an asynchronous event waits; throttled ones are tried again after 1 s to 5 min. Same page. */
  asyncMaximumAgeMs: 21_600_000,
  asyncBackoffMs: { first: 1_000, most: 300_000 },
  /** Kinesis: records and bytes a second that a shard takes. https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html */
  shardRecordsPerSecond: 1_000,
  shardBytesPerSecond: 1_000_000,
  /** On-demand streams begin with 4 MB/s and take twice the peak once 15 minutes have passed. https://docs.aws.amazon.com/streams/latest/dev/how-do-i-size-a-stream.html */
  onDemandStreamShards: 4,
  onDemandStreamAdaptMs: 900_000,
  onDemandGrowth: 2,
  /** UpdateShardCount: at most double, at least half. https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateShardCount.html */
  reshardFactor: 2,
  /** UpdateShardCount: times in any 24 hours. Same page. */
  reshardsPerDay: 10,
  /** Base polling of a shard by its mapping, polls a second. https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html */
  pollsPerSecond: 1,
  /** SQS mappings begin with 5 batches, add 300 a minute, up to 1,250. https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html */
  queuePollers: { first: 5, perMinute: 300, most: 1_250 },
  /** API Gateway, an account and Region. https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
  apiRequestsPerSecond: 10_000,
  apiBurst: 5_000,
  /** API Gateway REST API's integration timeout. Same page. */
  apiTimeoutMs: 29_000,
  /** New on-demand tables, then twice the previous peak unless that is exceeded within 30 minutes; 40,000 a table by default. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html */
  tableWritesPerSecond: 4_000,
  tableReadsPerSecond: 12_000,
  tableQuotaPerSecond: 40_000,
  tableAdaptMs: 1_800_000,
  /** Aurora Serverless v2: steps of 0.5 ACU. https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.how-it-works.html */
  acuStep: 0.5,
  /** Resume after a pause, and after a pause of more than a day. https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2-auto-pause.html */
  resumeMs: 15_000,
  resumeAfterDayMs: 30_000,
  /**
   * Aurora PostgreSQL, connections by the largest capacity: the guide's table (1 ACU: 189, 4: 823, 8: 1,669, 16: 3,360, from 32: 5,000) lies on this
   * line; 2,000 at most with a minimum of 0 or 0.5 ACU. https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html
   */
  connectionsPerAcu: 211.4,
  connectionsKept: 22,
  mostConnections: 5_000,
  mostConnectionsOfSmallest: 2_000,
} as const;
