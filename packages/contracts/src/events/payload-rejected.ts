import * as z from 'zod';
import { defineEvent } from '../define-event.ts';

/** Ingestion set a payload, or events of one, aside; it lies in the dead-letter place with its reason. */
export const PayloadRejected = defineEvent({
  source: 'lamplighter.ingestion',
  detailType: 'PayloadRejected',
  version: 1,
  schema: z.object({
    reason: z.string(),
    detail: z.string(),
    door: z.enum(['direct', 'stream', 'backfill']),
    /** Where it lies: `s3://bucket/key`. */
    location: z.string(),
    rejectedEvents: z.number().int().nonnegative(),
  }),
  example: {
    reason: 'not-gzip',
    detail: 'the record is neither gzip nor JSON',
    door: 'stream',
    location: 's3://lamplighter-dead-letters/rejected/not-gzip/2026-11-21/0f3a.json',
    rejectedEvents: 0,
  },
});
