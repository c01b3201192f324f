import * as z from 'zod';
import { defineEvent } from '../define-event.ts';

/** Ingestion looked at a log group and subscribed it, left it alone, or could not subscribe it. */
export const LogGroupSubscriptionDecided = defineEvent({
  source: 'lamplighter.ingestion',
  detailType: 'LogGroupSubscriptionDecided',
  version: 1,
  schema: z.object({
    accountId: z.string(),
    region: z.string(),
    logGroup: z.string(),
    outcome: z.enum(['subscribed', 'skipped', 'refused']),
    /** Why it was not subscribed: `own-log-group`, `opted-out`, `not-watched`, `filter-limit`, `log-class`. */
    reason: z.string().optional(),
  }),
  example: {
    accountId: '123456789012',
    region: 'us-east-1',
    logGroup: '/aws/lambda/reservation-api',
    outcome: 'refused',
    reason: 'filter-limit',
  },
});
