import type { Finding } from '../finding.ts';

/** A finding as it is published, for the examples of the events that carry one. */
export const findingExample: Finding = {
  findingId: 'slow-down/123456789012/us-east-1/reservation-mobile-api/1700000400000',
  class: 'slow-down',
  severity: 'critical',
  resource: {
    accountId: '123456789012',
    region: 'us-east-1',
    type: 'lambda-function',
    name: 'reservation-mobile-api',
  },
  state: 'open',
  revision: 0,
  openedAt: 1_700_000_400_000,
  updatedAt: 1_700_000_400_000,
  title: 'reservation-mobile-api is 9 times slower than usual',
  explanation:
    'Since 22:20 UTC half of the requests take longer than 1.9 s instead of 0.2 s. 94 % of the added time is spent in the query "itinerary by guest" of Aurora; no deploy and no change of load came with it.',
  evidence: [
    {
      text: 'The median duration rose from 210 ms to 1,920 ms at 22:20 UTC.',
      metric: 'duration p50',
      before: 210,
      after: 1920,
      unit: 'ms',
      since: 1_700_000_400_000,
      requestIds: ['5a52c12f-9d3b-4b9f-9a35-0d4d4a1c7b01'],
    },
  ],
  causes: [
    {
      kind: 'dependency',
      name: 'aurora: itinerary by guest',
      share: 0.94,
      evidence: [{ text: 'Its own time grew from 12 ms to 1,620 ms.', before: 12, after: 1620, unit: 'ms' }],
    },
  ],
  groupKey: 'dependency/aurora/1700000400000',
  confidence: 0.97,
  lookAt: [
    {
      text: 'A slow request from beginning to end',
      command: 'pnpm lamplighter audit 5a52c12f-9d3b-4b9f-9a35-0d4d4a1c7b01',
    },
  ],
};
