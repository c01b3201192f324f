import * as z from 'zod';
import { defineEvent } from '../define-event.ts';
import { Finding } from '../finding.ts';
import { findingExample } from './finding-example.ts';

/** A finding opened, changed or ended. Published once for each revision of the finding; the newest revision is the truth. */
export const AnomalyDetected = defineEvent({
  source: 'lamplighter.analysis',
  detailType: 'AnomalyDetected',
  version: 1,
  schema: z.object({ change: z.enum(['opened', 'updated', 'resolved']), finding: Finding }),
  example: { change: 'opened', finding: findingExample },
});
