import * as z from 'zod';
import { defineEvent } from '../define-event.ts';

/** The loss ledger compared what was audited of a function's hour with what CloudWatch says was invoked. */
export const CompletenessMeasured = defineEvent({
  source: 'lamplighter.ingestion',
  detailType: 'CompletenessMeasured',
  version: 1,
  schema: z.object({
    accountId: z.string(),
    region: z.string(),
    functionName: z.string(),
    /** Start of the hour, epoch milliseconds. */
    hour: z.number().int(),
    /** Sum of the CloudWatch metric `Invocations`. */
    invoked: z.number().nonnegative(),
    auditedBeforeBackfill: z.number().int().nonnegative(),
    audited: z.number().int().nonnegative(),
    completenessPctBeforeBackfill: z.number().min(0).max(100),
    completenessPct: z.number().min(0).max(100),
  }),
  example: {
    accountId: '123456789012',
    region: 'us-east-1',
    functionName: 'reservation-api',
    hour: 1_700_000_400_000,
    invoked: 1200,
    auditedBeforeBackfill: 1000,
    audited: 1200,
    completenessPctBeforeBackfill: 83.33,
    completenessPct: 100,
  },
});
