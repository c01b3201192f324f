import { describe, expect, test } from '@jest/globals';
import { invocationItem } from './invocation-item.ts';
import type { StoredAttempt } from './stored-attempt.ts';

const attempt = (startedAt: number): StoredAttempt => ({
  streamId: 's',
  accountId: '123456789012',
  region: 'us-east-1',
  logGroup: '/aws/lambda/booking',
  functionName: 'booking',
  logStream: 's',
  firstEventAt: startedAt,
  startedAt,
  coldStart: false,
  status: 'success',
  logLines: 0,
  eventCount: 3,
  messageCount: 0,
  missing: [],
});

describe('invocationItem', () => {
  test('is the same whatever the order of the attempts', () => {
    expect(invocationItem('r', [attempt(2), attempt(1)], 90)).toEqual(
      invocationItem('r', [attempt(1), attempt(2)], 90),
    );
  });

  test('keeps the first and the last of more attempts than there can be', () => {
    const item = invocationItem(
      'r',
      Array.from({ length: 3000 }, (_, index) => attempt(index)),
      90,
    );
    expect(item?.attempts.map(({ startedAt }) => startedAt)).toEqual([
      ...Array.from({ length: 50 }, (_, index) => index),
      ...Array.from({ length: 50 }, (_, index) => 2950 + index),
    ]);
  });

  test('is none where no stream shows the request', () => {
    expect(invocationItem('r', [], 90)).toBeUndefined();
  });
});
