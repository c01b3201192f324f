import { describe, expect, test } from '@jest/globals';
import { anAttempt } from '../../test/an-attempt.ts';
import { invocationItem } from './invocation-item.ts';

describe('invocationItem', () => {
  test('is the same whatever the order of the attempts', () => {
    expect(invocationItem('r', [anAttempt(2), anAttempt(1)], 90)).toEqual(
      invocationItem('r', [anAttempt(1), anAttempt(2)], 90),
    );
  });

  test('keeps the first and the last of more attempts than there can be', () => {
    const item = invocationItem(
      'r',
      Array.from({ length: 3000 }, (_, index) => anAttempt(index)),
      90,
    );
    expect(item?.attempts.map(({ startedAt }) => startedAt)).toEqual([
      ...Array.from({ length: 50 }, (_, index) => index),
      ...Array.from({ length: 50 }, (_, index) => 2950 + index),
    ]);
  });

  test('fits into what DynamoDB takes, however much its attempts say', () => {
    const message = '\u2603'.repeat(2_000);
    const attempts = Array.from({ length: 100 }, (_, index) => anAttempt(index, { errorMessage: message }));
    const item = invocationItem('r', attempts, 90);
    expect(Buffer.byteLength(JSON.stringify(item))).toBeLessThan(350_000);
    expect([item?.attempts[0]?.startedAt, item?.attempts.at(-1)?.startedAt]).toEqual([0, 99]);
  });

  test('is none where no stream shows the request', () => {
    expect(invocationItem('r', [], 90)).toBeUndefined();
  });
});
