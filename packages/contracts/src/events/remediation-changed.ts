import * as z from 'zod';
import { defineEvent } from '../define-event.ts';
import { Remediation } from '../remediation.ts';

/** A repair came a step further. Published once for each revision; `remediation.state` says where it stands. */
export const RemediationChanged = defineEvent({
  source: 'lamplighter.remediation',
  detailType: 'RemediationChanged',
  version: 1,
  schema: z.object({ remediation: Remediation }),
  example: {
    remediation: {
      remediationId: 'lambda-memory-1700000400000-8f14e45f',
      playbook: 'lambda-memory',
      parameters: { memorySizeMb: 1024 },
      resource: {
        accountId: '123456789012',
        region: 'us-east-1',
        type: 'lambda-function',
        name: 'reservation-mobile-api',
      },
      findingId: 'out-of-memory/123456789012/us-east-1/reservation-mobile-api/1700000400000',
      findingClass: 'out-of-memory',
      findingSeverity: 'critical',
      mode: 'automatic',
      state: 'kept',
      revision: 4,
      plannedAt: 1_700_000_410_000,
      updatedAt: 1_700_000_600_000,
      appliedAt: 1_700_000_414_000,
      endedAt: 1_700_000_600_000,
      title: 'Raise the memory of reservation-mobile-api from 512 to 1,024 MB',
      reason: 'Seven of 400 invocations ran out of 512 MB; the largest that ended used 498 MB.',
      evidence: [{ text: '7 invocations ran out of memory since 22:20 UTC.', after: 7, unit: 'invocations' }],
      risk: 'low',
      costPerHourUsd: 0.012,
      costPerMonthUsd: 8.76,
      undo: 'The memory is set back to 512 MB.',
      refusals: [],
      decisions: [],
      approvalsNeeded: 0,
      verification: { metric: 'out-of-memory', unit: 'share', before: 0.0175, after: 0, target: 0, windows: 3 },
      patch: 'functions:\n  mobile-api:\n    memorySize: 1024\n',
    },
  },
});
