import * as z from 'zod';
import { MemoryMb, Percent, ResourceName, TimeoutMs } from './quantities.ts';

const of = <K extends string>(kind: K) => ({ kind: z.literal(kind), target: ResourceName });
const acu = z.number().min(0).max(256).multipleOf(0.5);

/** What may be changed in the twin between two ticks: what a remediation would change in AWS. `target` is the resource's name. */
export const Action = z.discriminatedUnion('kind', [
  z.strictObject({ ...of('set-memory'), memoryMb: MemoryMb }),
  z.strictObject({ ...of('set-timeout'), timeout: TimeoutMs }),
  /** `null` takes the reservation away. */
  z.strictObject({ ...of('set-reserved-concurrency'), concurrency: z.number().int().min(0).nullable() }),
  z.strictObject({ ...of('set-provisioned-concurrency'), concurrency: z.number().int().min(0) }),
  /** Traffic of the newest version of a function; the rest goes to the published version that is named, or to the one that had it before. */
  z.strictObject({
    ...of('set-alias-weight'),
    newVersionPct: Percent,
    version: z.string().regex(/^\d+$/).optional(),
  }),
  /** A mapping is named by its source. */
  z.strictObject({
    ...of('set-mapping'),
    parallelization: z.number().int().min(1).max(10).optional(),
    maximumConcurrency: z.number().int().min(2).max(1_000).optional(),
    maximumRetries: z.number().int().min(-1).max(10_000).optional(),
    paused: z.boolean().optional(),
  }),
  z.strictObject({ ...of('set-shards'), shards: z.number().int().min(1).max(10_000) }),
  z.strictObject({ ...of('set-acu-range'), minAcu: acu, maxAcu: acu.min(1) }),
  /** Breaks every connection; from then on its limit is that of the range in force. */
  z.strictObject(of('reboot-database')),
  /** Ends what a missing index slows down. */
  z.strictObject(of('create-index')),
  z.strictObject({ ...of('set-api-throttle'), rateLimit: z.number().positive(), burst: z.number().positive() }),
]);
export type Action = z.infer<typeof Action>;
