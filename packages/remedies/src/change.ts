import * as z from 'zod';

const name = z.string().min(1).max(500);
const units = z.int().positive();
const count = z.int().min(0);
const percent = z.number().min(0).max(1);

const acu = z.number().max(256).multipleOf(0.5);
/** What the change was planned from, of what it sets: what is neither that nor what it sets was set by somebody else since. Absent in what was planned before there was such a field. */
const before = <Shape extends z.ZodRawShape>(shape: Shape) => z.strictObject(shape).partial().optional();

const configuration = {
  memorySizeMb: z.int().min(128).max(10_240).optional(),
  timeoutS: z.int().min(1).max(900).optional(),
  tracing: z.enum(['Active', 'PassThrough']).optional(),
  applicationLogLevel: z.enum(['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL']).optional(),
};
const mapping = {
  batchSize: z.int().min(1).max(10_000).optional(),
  parallelizationFactor: z.int().min(1).max(10).optional(),
  /** Of a queue; `null`: no limit. */
  maximumConcurrency: z.int().min(2).max(1_000).nullable().optional(),
  bisectBatchOnFunctionError: z.boolean().optional(),
  maximumRetryAttempts: z.int().min(-1).max(10_000).optional(),
  enabled: z.boolean().optional(),
};
const stream = {
  mode: z.enum(['ON_DEMAND', 'PROVISIONED']).optional(),
  shards: z.int().min(1).max(500).optional(),
};
const cache = { maxStorageGb: units.nullable(), maxEcpuPerSecond: units.nullable() };
const range = { minAcu: acu.min(0), maxAcu: acu.min(1) };
const throttle = { rateLimit: z.number().positive().nullable(), burstLimit: units.nullable() };
const reservation = { concurrency: z.int().min(0).nullable() };

/** What a repair does to one resource, as data: what is read as its snapshot, written as its change, and written back as its undoing. */
export const Change = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('lambda-configuration'),
    functionName: name,
    ...configuration,
    from: before(configuration),
  }),
  /** Memory or timeout of what an alias serves: of the same code a version is published, and the alias points to it. */
  z.strictObject({
    kind: z.literal('lambda-release'),
    functionName: name,
    alias: name,
    /** Of what the alias serves and `$LATEST` holds, memory and timeout apart: nothing else is released. */
    fingerprint: name,
    memorySizeMb: z.int().min(128).max(10_240).optional(),
    timeoutS: z.int().min(1).max(900).optional(),
    /** What the alias serves before it: what has other settings by then is somebody else's release. */
    from: z.strictObject({ memorySizeMb: z.int().positive(), timeoutS: z.int().positive() }),
    /** Where the alias points; absent: to a version that is published of this. */
    to: z.strictObject({ version: name, weights: z.record(z.string(), percent) }).optional(),
  }),
  /** `null` takes the reservation away. */
  z.strictObject({
    kind: z.literal('lambda-reserved-concurrency'),
    functionName: name,
    ...reservation,
    from: before(reservation),
  }),
  /** 0 takes it away. */
  z.strictObject({
    kind: z.literal('lambda-provisioned-concurrency'),
    functionName: name,
    qualifier: name,
    concurrency: z.int().min(0),
  }),
  z.strictObject({
    kind: z.literal('lambda-provisioned-schedule'),
    functionName: name,
    qualifier: name,
    /** Between what Application Auto Scaling may choose; `null`: it does not scale the alias. */
    range: z.strictObject({ min: count, max: count }).nullable(),
    /** `at: null`: there is no action of this name. */
    actions: z
      .array(z.strictObject({ name, at: z.strictObject({ schedule: name, min: count, max: count }).nullable() }))
      .min(1)
      .max(20),
    /** Environments that are kept ready from now on; absent: the schedule decides. Undoing needs it: who deletes a schedule leaves what it provisioned last. */
    ready: count.optional(),
  }),
  /** `weights`: the share of calls that other versions get. */
  z.strictObject({
    kind: z.literal('lambda-alias'),
    functionName: name,
    alias: name,
    version: name,
    weights: z.record(z.string(), percent),
    /** Where it has to point before it: what points elsewhere by then is somebody else's release. */
    from: z.strictObject({ version: name, weights: z.record(z.string(), percent) }).optional(),
    /** Undoing leaves somebody else's release as it is; a change is refused by it. */
    isUndoing: z.literal(true).optional(),
  }),
  z.strictObject({
    kind: z.literal('lambda-warm'),
    functionName: name,
    /** Alias or version that callers reach: environments of anything else serve nobody. Absent: `$LATEST`. */
    qualifier: name.optional(),
    environments: z.int().min(1).max(100),
  }),
  z.strictObject({
    kind: z.literal('event-source-mapping'),
    uuid: name,
    functionName: name,
    ...mapping,
    from: before(mapping),
  }),
  /** 0 ends the move that is under way: what has not moved yet stays where it is. */
  z.strictObject({
    kind: z.literal('queue-redrive'),
    deadLetterQueueArn: name,
    sourceQueueArn: name,
    perSecond: z.int().min(0).max(500),
  }),
  z.strictObject({
    kind: z.literal('kinesis-capacity'),
    streamName: name,
    ...stream,
    from: before(stream),
  }),
  z.strictObject({
    kind: z.literal('dynamodb-capacity'),
    tableName: name,
    billing: z.union([z.literal('on-demand'), z.strictObject({ readUnits: units, writeUnits: units })]),
    /** Of its global secondary indexes, where it is provisioned: each has units of its own. */
    indexes: z.array(z.strictObject({ name, readUnits: units, writeUnits: units })).optional(),
  }),
  /** What a table serves at once. It never cools: AWS takes no lower figure. */
  z.strictObject({
    kind: z.literal('dynamodb-warm'),
    tableName: name,
    readUnitsPerSecond: units,
    writeUnitsPerSecond: units,
  }),
  /** `null`: no limit. */
  z.strictObject({
    kind: z.literal('cache-limits'),
    cacheName: name,
    ...cache,
    from: before(cache),
  }),
  z.strictObject({
    kind: z.literal('aurora-capacity'),
    clusterId: name,
    ...range,
    from: before(range),
    /** Of a cluster that may pause, at 0 ACU. */
    autoPauseS: z.int().min(300).max(86_400).optional(),
  }),
  z.strictObject({
    kind: z.literal('aurora-index'),
    clusterArn: name,
    secretArn: name,
    database: name,
    /** PostgreSQL identifiers: nothing that would have to be quoted. */
    table: z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/),
    columns: z
      .array(z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/))
      .min(1)
      .max(8),
    indexName: z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/),
  }),
  /** Of a whole stage; `null`: it has no limit of its own, and shares the account's. */
  z.strictObject({
    kind: z.literal('api-throttle'),
    protocol: z.enum(['HTTP', 'REST']),
    apiId: name,
    stage: name,
    ...throttle,
    from: before(throttle),
  }),
  /** Answers to GET are kept, in a stage of a REST API. */
  z.strictObject({
    kind: z.literal('api-cache'),
    apiId: name,
    stage: name,
    clusterEnabled: z.boolean(),
    clusterSizeGb: z.enum(['0.5', '1.6', '6.1', '13.5', '28.4', '58.2', '118', '237']),
    cachingEnabled: z.boolean(),
    ttlS: z.int().min(0).max(3_600),
    from: before({ clusterEnabled: z.boolean() }),
  }),
]);
export type Change = z.infer<typeof Change>;
