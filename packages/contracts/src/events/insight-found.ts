import * as z from 'zod';
import { defineEvent } from '../define-event.ts';
import { Finding } from '../finding.ts';
import { findingExample } from './finding-example.ts';

/** Advice without urgency: right-sizing, over-provisioning, cold-start drivers. Nobody is woken by it. */
export const InsightFound = defineEvent({
  source: 'lamplighter.analysis',
  detailType: 'InsightFound',
  version: 1,
  schema: z.object({ change: z.enum(['opened', 'updated', 'resolved']), finding: Finding }),
  example: {
    change: 'opened',
    finding: {
      ...findingExample,
      findingId: 'over-provisioned/123456789012/us-east-1/reservation-mobile-api/1700000400000',
      class: 'over-provisioned',
      severity: 'info',
      title: 'reservation-mobile-api uses 96 of its 1,024 MB',
    },
  },
});
