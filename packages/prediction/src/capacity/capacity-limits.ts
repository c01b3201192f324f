/** What AWS publishes about capacity, each with its page. */
export const CAPACITY = {
  /** A shard takes so much a second, of provisioned streams and of on-demand ones. https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html */
  shardBytesPerSecond: 1_000_000,
  shardRecordsPerSecond: 1_000,
  /** An on-demand table takes so much a second unless the quota is raised. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html */
  tableUnitsPerSecond: 40_000,
  /**
   * Aurora PostgreSQL, connections by the largest capacity: the guide's table (1 ACU: 189, 4: 823, 8: 1,669, 16: 3,360, from 32: 5,000) lies on this line.
   * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html
   */
  connectionsPerAcu: 211.4,
  connectionsKept: 22,
  mostConnections: 5_000,
  /** With a minimum of 0 or 0.5 ACU; the same page. */
  mostConnectionsOfSmallest: 2_000,
  /** API Gateway: all APIs of an account and Region together. https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
  apiRequestsPerSecond: 10_000,
} as const;
