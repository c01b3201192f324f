import * as z from 'zod';
import { Assumptions } from '../aws/assumptions.ts';
import { LIMITS } from '../aws/limits.ts';
import { Curve } from '../workload/curve.ts';
import { Action } from './action.ts';
import { Fault } from './fault.ts';
import { DurationText, MemoryMb, Percent, ResourceName, TimeoutMs } from './quantities.ts';

const named = <T extends z.ZodType>(resource: T) => z.record(ResourceName, resource).prefault({});
const count = z.number().int().min(0);
/** What one invocation asks for of something else, and milliseconds of one of its parts: bounds that keep sums far within whole numbers. */
const units = z.number().min(0).max(10_000);
const milliseconds = z.number().min(0).max(900_000);

/** One thing that a function does in every invocation, besides its own work. Which key is given says what `to` is. */
export const Call = z.union([
  /** A table: units of 4 KB read and 1 KB written. */
  z.strictObject({ to: ResourceName, reads: units.default(0), writes: units.default(0) }),
  /** A database. */
  z.strictObject({ to: ResourceName, statements: units }),
  /** A cache; of the hits, that share of the calls listed after this one is saved. */
  z.strictObject({ to: ResourceName, gets: units, hitPct: Percent.default(0) }),
  /** A stream. */
  z.strictObject({ to: ResourceName, records: units }),
  /** A queue. */
  z.strictObject({ to: ResourceName, messages: units }),
  /** Another function, asynchronously. */
  z.strictObject({ to: ResourceName, events: units }),
]);
export type Call = z.infer<typeof Call>;

export const FunctionSpec = z.strictObject({
  memoryMb: MemoryMb.default(1024),
  architecture: z.enum(['x86_64', 'arm64']).default('x86_64'),
  timeout: TimeoutMs.prefault('30s'),
  /** Own work of an invocation on one whole vCPU, and time it waits for nobody in particular; calls add their own. */
  cpuMs: milliseconds.default(20),
  waitMs: milliseconds.default(0),
  /** Spread (sigma of the logarithm) of durations from one invocation to the next; the mean stays. */
  spread: z.number().min(0).max(2).default(0.4),
  initMs: z.number().min(0).max(LIMITS.initMs).default(400),
  memoryUsedMb: z.number().min(1).max(10_240).default(120),
  errorPct: Percent.default(0),
  reservedConcurrency: count.optional(),
  provisionedConcurrency: count.default(0),
  asyncRetries: count.max(2).default(2),
  calls: z.array(Call).default([]),
});
export type FunctionSpec = z.infer<typeof FunctionSpec>;

/** From a stream or a queue to a function. `perRecordMs` is the CPU of one record on one vCPU, on top of the function's own `cpuMs` for a batch. */
export const MappingSpec = z.strictObject({
  from: ResourceName,
  to: ResourceName,
  batchSize: z.number().int().min(1).max(10_000).optional(),
  window: DurationText.prefault('0s'),
  perRecordMs: milliseconds.default(1),
  parallelization: z.number().int().min(1).max(10).default(1),
  maximumConcurrency: z.number().int().min(2).max(1_000).optional(),
  /** -1: until the record expires. */
  maximumRetries: z.number().int().min(-1).max(10_000).default(-1),
  bisectOnError: z.boolean().default(false),
});
export type MappingSpec = z.infer<typeof MappingSpec>;

/** A scenario: what is there, who asks for it, what goes wrong and when. Every key is documented in the package's README. */
export const Scenario = z.strictObject({
  name: z.string().min(1).max(100),
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31)
    .default(1),
  start: z.iso.datetime('a start is written like 2026-11-27T08:00:00Z').default('2026-11-27T00:00:00Z'),
  duration: DurationText.refine((ms) => ms >= 60_000 && ms <= 31 * 86_400_000, 'a scenario lasts a minute to 31 days'),
  /** Length of a tick: where few requests fall in one they are simulated one by one, else by the distribution of their counts. */
  tick: DurationText.refine((ms) => ms >= 10 && ms <= 10_000, 'a tick is 10ms to 10s').prefault('1s'),
  /** Arrivals in a tick of a function up to which each request is simulated by itself. */
  exactUpTo: count.max(10_000).default(40),
  account: z
    .strictObject({ concurrency: z.number().int().min(1).max(10_000_000).default(LIMITS.accountConcurrency) })
    .prefault({}),
  traffic: z.array(z.strictObject({ to: ResourceName, curve: Curve })).default([]),
  cdns: named(
    z.strictObject({
      to: ResourceName,
      hitPct: Percent.default(0),
      responseKb: z.number().min(0).max(1e7).default(20),
    }),
  ),
  apis: named(
    z.strictObject({
      to: ResourceName,
      kind: z.enum(['http', 'rest']).default('http'),
      rateLimit: z.number().positive().max(1e9).default(LIMITS.apiRequestsPerSecond),
      burst: z.number().positive().max(1e9).default(LIMITS.apiBurst),
      timeout: DurationText.prefault('29s'),
    }),
  ),
  functions: named(FunctionSpec),
  streams: named(
    z.strictObject({
      mode: z.enum(['on-demand', 'provisioned']).default('on-demand'),
      shards: z.number().int().min(1).max(10_000).default(LIMITS.onDemandStreamShards),
      recordKb: z.number().positive().max(1_024).default(1),
      retention: DurationText.prefault('24h'),
    }),
  ),
  queues: named(
    z.strictObject({
      visibilityTimeout: DurationText.prefault('180s'),
      maxReceiveCount: z.number().int().min(1).max(1_000).default(3),
    }),
  ),
  mappings: z.array(MappingSpec).default([]),
  databases: named(
    z.strictObject({
      minAcu: z.number().min(0).max(256).multipleOf(0.5).default(0.5),
      maxAcu: z.number().min(1).max(256).multipleOf(0.5).default(8),
      pauseAfter: DurationText.prefault('5m'),
      /** Of one statement: CPU, and what it takes beyond that. */
      cpuMs: milliseconds.default(2),
      waitMs: milliseconds.default(3),
      ioPerStatement: units.default(1),
      /** `data-api` needs no connections and is billed by request. */
      access: z.enum(['connections', 'data-api']).default('connections'),
      connectionsPerEnvironment: units.default(1),
    }),
  ),
  tables: named(
    z.strictObject({
      warmWrites: count.default(LIMITS.tableWritesPerSecond),
      warmReads: count.default(LIMITS.tableReadsPerSecond),
      maxWrites: count.default(LIMITS.tableQuotaPerSecond),
      maxReads: count.default(LIMITS.tableQuotaPerSecond),
    }),
  ),
  caches: named(
    z.strictObject({
      engine: z.enum(['valkey', 'redis']).default('valkey'),
      dataGb: z.number().min(0).max(1e6).default(0),
      ecpuPerGet: units.default(1),
    }),
  ),
  faults: z.array(Fault).default([]),
  /** Actions that are applied whatever happens, at their time. */
  actions: z.array(z.strictObject({ at: DurationText, action: Action })).default([]),
  assumptions: Assumptions.prefault({}),
});
export type Scenario = z.infer<typeof Scenario>;
/** As it is written, before defaults and units. */
export type ScenarioInput = z.input<typeof Scenario>;
