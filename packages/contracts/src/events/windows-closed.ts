import * as z from 'zod';
import { FunctionWindow } from '../audit-query.ts';
import { defineEvent } from '../define-event.ts';

/** Minutes of one function that came to their end, or that late data corrected: the newest revision of a minute replaces the older ones. */
export const WindowsClosed = defineEvent({
  source: 'lamplighter.ingestion',
  detailType: 'WindowsClosed',
  version: 1,
  schema: z.object({
    accountId: z.string(),
    region: z.string(),
    functionName: z.string(),
    windows: z
      .array(
        z.object({
          /** 0 when the minute closed first; raised by each correction. */
          revision: z.number().int().nonnegative(),
          /** Zero invocations is a figure, not an absence: the function was quiet in this minute. */
          figures: FunctionWindow,
        }),
      )
      .min(1),
  }),
  example: {
    accountId: '123456789012',
    region: 'us-east-1',
    functionName: 'reservation-mobile-api',
    windows: [
      {
        revision: 0,
        figures: {
          functionName: 'reservation-mobile-api',
          start: 1_700_000_400_000,
          invocations: 0,
          errors: 0,
          timeouts: 0,
          outOfMemory: 0,
          initErrors: 0,
          unknown: 0,
          coldStarts: 0,
          durationMs: { sum: 0, max: 0 },
          initDurationMs: { sum: 0, max: 0 },
          billedDurationMs: 0,
          maxMemoryUsedMb: 0,
          memorySizeMb: 0,
          costUsd: 0,
          durationSketch: 'H4sIAAAAAAAAA+MSkmBgAAAWnKtVCAAAAA==',
        },
      },
    ],
  },
});
