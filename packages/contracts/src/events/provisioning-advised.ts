import * as z from 'zod';
import { defineEvent } from '../define-event.ts';
import { WatchedResource } from '../finding.ts';

const Way = z.enum(['nothing', 'provisioned-concurrency', 'warm-up-pings', 'reserved-concurrency']);

/**
 * How to keep cold starts away from a function, each way with its price and the latency it gives, and which one is advised. Published when the advice changes,
 * once a day at most; `nothing` takes an earlier one back.
 */
export const ProvisioningAdvised = defineEvent({
  source: 'lamplighter.prediction',
  detailType: 'ProvisioningAdvised',
  version: 1,
  schema: z.object({
    adviceId: z.string(),
    /** Epoch milliseconds; of two advices on a resource the later one holds. */
    advisedAt: z.number(),
    resource: WatchedResource,
    advised: Way,
    /** Over the day that was looked at. */
    options: z.array(
      z.object({
        way: Way,
        /** USD a day more (or, negative, less) than doing nothing. */
        extraUsdPerDay: z.number(),
        /** What 99 of 100 calls stay below. */
        p99Ms: z.number(),
        note: z.string(),
      }),
    ),
    /** Days of history that the schedule rests on, and the share of calls that met a new environment while none were kept ready. */
    basis: z.object({ days: z.number(), coldSharePct: z.number() }),
    /** Every day (UTC), in the words of the change `lambda-provisioned-schedule`; absent where provisioned concurrency is not advised, or the function has no alias. */
    schedule: z
      .object({
        functionName: z.string(),
        qualifier: z.string(),
        actions: z.array(z.object({ name: z.string(), schedule: z.string(), concurrency: z.number().int() })).max(20),
      })
      .optional(),
  }),
  example: {
    adviceId: 'provisioning/123456789012/us-east-1/reservation-mobile-api/1700006400000',
    advisedAt: 1_700_006_400_000,
    resource: {
      accountId: '123456789012',
      region: 'us-east-1',
      type: 'lambda-function',
      name: 'reservation-mobile-api',
    },
    advised: 'provisioned-concurrency',
    options: [
      { way: 'nothing', extraUsdPerDay: 0, p99Ms: 1080, note: 'As it is.' },
      { way: 'provisioned-concurrency', extraUsdPerDay: 1.2, p99Ms: 180, note: 'Needs a version or an alias.' },
    ],
    basis: { days: 14, coldSharePct: 2.1 },
    schedule: {
      functionName: 'reservation-mobile-api',
      qualifier: 'live',
      actions: [
        { name: 'lamplighter-07', schedule: 'cron(55 6 * * ? *)', concurrency: 12 },
        { name: 'lamplighter-22', schedule: 'cron(0 22 * * ? *)', concurrency: 0 },
      ],
    },
  },
});
