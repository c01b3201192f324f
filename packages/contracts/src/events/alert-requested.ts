import * as z from 'zod';
import { defineEvent } from '../define-event.ts';
import { Severity } from '../finding.ts';

/** Somebody has to be told. Any service, script or person who may put events on the bus may ask for it, and take it back by `resolve`. */
export const AlertRequested = defineEvent({
  source: 'lamplighter.alerting',
  detailType: 'AlertRequested',
  version: 1,
  schema: z.object({
    change: z.enum(['open', 'resolve']),
    /** Requests of one group become one alert. */
    groupKey: z.string().min(1).max(500),
    subject: z.object({ kind: z.enum(['synthetic', 'completeness', 'other']), id: z.string().min(1).max(500) }),
    /** Rising for each subject; an older one than known is ignored. */
    revision: z.number().int().nonnegative(),
    severity: Severity,
    title: z.string().min(1),
    text: z.string(),
    at: z.number(),
  }),
  example: {
    change: 'open',
    groupKey: 'nightly-import',
    subject: { kind: 'other', id: 'nightly-import' },
    revision: 0,
    severity: 'warning',
    title: 'The nightly import did not run',
    text: 'No file arrived until 04:00 UTC.',
    at: 1_700_000_400_000,
  },
});
