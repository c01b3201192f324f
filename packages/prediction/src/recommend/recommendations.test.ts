import { expect, test } from '@jest/globals';
import type { WatchedLimit } from '../breach/watched-limit.ts';
import { recommendationsFor } from './recommendations.ts';

const ACCOUNT = { accountId: '123456789012', region: 'us-east-1', type: 'account', name: '123456789012' } as const;
const UNRESERVED: WatchedLimit = {
  kind: 'account-concurrency',
  name: 'Unreserved concurrent executions',
  value: 600,
  unit: 'environments',
  of: 'concurrency',
};
const asked = (limit: WatchedLimit, highest: number): unknown =>
  recommendationsFor(ACCOUNT, limit, highest).find(({ action }) => action === 'request-quota-increase')!.parameters
    .value;

test('the quota that is asked for holds what is foreseen, room above it, and what is reserved', () => {
  // 640 and a fifth are 768, and 400 are reserved of 1,000.
  expect(asked({ ...UNRESERVED, quota: 1_000 }, 640)).toBe(1_200);
  expect(asked({ ...UNRESERVED, value: 1_000, quota: 1_000 }, 1_100)).toBe(1_400);
});

test('a timeout is advised to be longer, but of the longest there is', () => {
  const of = (seconds: number) =>
    recommendationsFor(
      { ...ACCOUNT, type: 'lambda-function', name: 'report' },
      { kind: 'timeout', name: 'Timeout', value: 1_000 * seconds, unit: 'milliseconds', of: 'max-duration' },
      0,
    );

  expect(of(10)).toMatchObject([{ action: 'set-timeout', parameters: { seconds: 15 } }]);
  expect(of(800)).toMatchObject([{ action: 'set-timeout', parameters: { seconds: 900 } }]);
  expect(of(900)).toMatchObject([{ action: 'divide-work', effect: expect.stringContaining('no longer timeout') }]);
});
