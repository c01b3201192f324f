import * as z from 'zod';
import { Alert } from '../alert.ts';
import { defineEvent } from '../define-event.ts';

/** An alert opened, reached somebody or nobody, was taken on, escalated or ended. Published once for each revision. */
export const AlertChanged = defineEvent({
  source: 'lamplighter.alerting',
  detailType: 'AlertChanged',
  version: 1,
  schema: z.object({
    change: z.enum([
      'opened',
      'joined',
      'delivered',
      'undeliverable',
      'escalated',
      'acknowledged',
      'snoozed',
      'closed',
    ]),
    alert: Alert,
  }),
  example: {
    change: 'delivered',
    alert: {
      alertId: '1700000401000-3c59dc04',
      groupKey: 'dependency/aurora/1700000400000',
      severity: 'critical',
      title: 'reservation-mobile-api is 9 times slower than usual',
      text: 'Since 22:20 UTC half of the requests take longer than 1.9 s instead of 0.2 s.',
      subject: { kind: 'finding', id: 'slow-down/123456789012/us-east-1/reservation-mobile-api/1700000400000' },
      state: 'open',
      revision: 1,
      openedAt: 1_700_000_401_000,
      updatedAt: 1_700_000_402_000,
      occurrences: 1,
      escalationStep: 0,
      history: [{ at: 1_700_000_401_000, change: 'opened' }],
      deliveries: [
        {
          channel: 'slack',
          recipient: '#on-call',
          state: 'delivered',
          attempts: 1,
          at: 1_700_000_402_000,
          firstAt: 1_700_000_402_000,
        },
      ],
    },
  },
});
