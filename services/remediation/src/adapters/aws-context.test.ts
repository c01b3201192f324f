import { expect, test } from '@jest/globals';
import { findingOf } from '../../test/deployed-remediation.ts';
import { type AwsContextClients, awsContext } from './aws-context.ts';

const HOUR_MS = 3_600_000;
const OPENED = Date.UTC(2026, 0, 16, 17);
const FINDING = findingOf({ class: 'timeouts', openedAt: OPENED, functionName: 'rooms' });

test.each([
  [1, 1],
  [60, 12],
])('of a finding that opened %d hours ago the last %d are looked at, and the hour before it', async (ago, looked) => {
  const now = OPENED + ago * HOUR_MS;
  const asked: number[] = [];
  const clients = {
    windows: async (_: unknown, since: number) => {
      asked.push(since);
      return [];
    },
    meters: async () => [],
    remediations: { plannedFor: async () => [] },
    lambda: { send: () => Promise.reject(new Error('AccessDenied')) },
    logger: { warn: () => undefined },
  } as unknown as AwsContextClients;

  await awsContext(clients)(FINDING, now);

  expect(asked).toEqual([now - looked * HOUR_MS, OPENED - HOUR_MS]);
});
