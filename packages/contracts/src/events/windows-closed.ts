import * as z from 'zod';
import { defineEvent } from '../define-event.ts';
import { FunctionWindow } from '../function-window.ts';

/**
 * Minutes of one function that came to their end, or that late data corrected: of a function and minute the newest revision replaces the
 * older ones. A revision may come more than once, alone or among others, and always with the same figures; some revisions may be left out.
 */
export const WindowsClosed = defineEvent({
  source: 'lamplighter.ingestion',
  detailType: 'WindowsClosed',
  version: 1,
  schema: z.object({
    accountId: z.string(),
    region: z.string(),
    functionName: z.string(),
    /** So long the minutes of a function that fell silent are told after its last invocation; after that nothing is, until it is called again. */
    silenceMinutes: z.number().nonnegative().optional(),
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
    silenceMinutes: 30,
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
      {
        revision: 1,
        figures: {
          functionName: 'reservation-mobile-api',
          start: 1_700_000_460_000,
          invocations: 1,
          errors: 0,
          timeouts: 1,
          outOfMemory: 0,
          initErrors: 0,
          unknown: 0,
          coldStarts: 0,
          durationMs: { sum: 3000, max: 3000 },
          initDurationMs: { sum: 0, max: 0 },
          billedDurationMs: 3000,
          maxMemoryUsedMb: 88,
          memorySizeMb: 256,
          costUsd: 0.0000127,
          durationSketch: 'H4sIAAAAAAAAA+MSkmBgAAAWnKtVCAAAAA==',
          byVersion: [
            {
              version: '42',
              invocations: 1,
              failures: 1,
              coldStarts: 0,
              durationMs: { sum: 3000, max: 3000 },
              durationSketch: 'H4sIAAAAAAAAA+MSkmBgAAAWnKtVCAAAAA==',
            },
          ],
          errorTypes: [
            {
              errorType: 'Sandbox.Timedout',
              fingerprint: '6f1c0d6f5d3e2a41',
              template: 'Task timed out after <n> seconds',
              count: 1,
              exampleRequestId: '8a1f3c52-1111-4111-8111-111111111111',
            },
          ],
          exampleRequestIds: {
            slowest: ['8a1f3c52-1111-4111-8111-111111111111'],
            timeouts: ['8a1f3c52-1111-4111-8111-111111111111'],
            outOfMemory: [],
          },
          maxConcurrency: 1,
          timeoutMs: 3000,
        },
      },
    ],
  },
});
