import * as z from 'zod';
import { defineEvent } from '../define-event.ts';
import { WatchedResource } from '../finding.ts';

/** A limit will probably be hit. Published once when it is first seen, again when the time moves much, and once more when it is withdrawn. */
export const BreachPredicted = defineEvent({
  source: 'lamplighter.prediction',
  detailType: 'BreachPredicted',
  version: 1,
  schema: z.object({
    breachId: z.string(),
    change: z.enum(['predicted', 'corrected', 'withdrawn', 'happened']),
    revision: z.number().int().nonnegative(),
    resource: WatchedResource,
    limit: z.object({
      kind: z.enum([
        'account-concurrency',
        'reserved-concurrency',
        'timeout',
        'connections',
        'shards',
        'table-capacity',
        'database-capacity',
        'storage',
        'budget',
        'api-throttle',
      ]),
      name: z.string(),
      value: z.number(),
      unit: z.string(),
    }),
    /** Epoch milliseconds: when the limit is expected to be hit, and the earliest and latest time at 95 %. */
    expectedAt: z.number().optional(),
    earliestAt: z.number().optional(),
    latestAt: z.number().optional(),
    /** That it is hit within the horizon, 0 to 1. */
    probability: z.number().min(0).max(1),
    horizonMs: z.number().int().positive(),
    explanation: z.string(),
    recommendations: z.array(
      z.object({
        action: z.string(),
        parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
        /** More (or, negative, less) than doing nothing. */
        costPerHourUsd: z.number(),
        effect: z.string(),
      }),
    ),
  }),
  example: {
    breachId: 'account-concurrency/123456789012/us-east-1/1700000400000',
    change: 'predicted',
    revision: 0,
    resource: { accountId: '123456789012', region: 'us-east-1', type: 'account', name: '123456789012' },
    limit: { kind: 'account-concurrency', name: 'Concurrent executions', value: 1000, unit: 'environments' },
    expectedAt: 1_700_002_200_000,
    earliestAt: 1_700_001_600_000,
    latestAt: 1_700_003_400_000,
    probability: 0.87,
    horizonMs: 3_600_000,
    explanation:
      'At the growth of the last 40 minutes, concurrency passes the account quota of 1,000 at about 22:50 UTC (22:40 to 23:10).',
    recommendations: [
      {
        action: 'request-quota-increase',
        parameters: { quotaCode: 'L-B99A9384', value: 3000 },
        costPerHourUsd: 0,
        effect: 'Room for 3,000 environments; AWS answers within hours to days.',
      },
    ],
  },
});
