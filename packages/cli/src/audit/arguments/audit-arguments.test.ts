import { describe, expect, test } from '@jest/globals';
import { nearestIds } from '../nearest-ids.ts';
import { parseSequenceArgument } from './sequence-argument.ts';
import { parseTimeArgument } from './time-argument.ts';
import { rangeOrLastDay } from './time-options.ts';

describe('parseSequenceArgument', () => {
  test.each([
    ['orders', { stream: 'orders' }],
    ['orders:4959', { stream: 'orders', sequenceNumber: '4959' }],
    [
      'arn:aws:kinesis:us-east-1:123456789012:stream/orders',
      { stream: 'arn:aws:kinesis:us-east-1:123456789012:stream/orders' },
    ],
    [
      'arn:aws:kinesis:us-east-1:123456789012:stream/orders:4959',
      { stream: 'arn:aws:kinesis:us-east-1:123456789012:stream/orders', sequenceNumber: '4959' },
    ],
    [
      'arn:aws:sqs:us-east-1:123456789012:q:m1',
      { stream: 'arn:aws:sqs:us-east-1:123456789012:q', sequenceNumber: 'm1' },
    ],
    [
      'arn:aws:dynamodb:us-east-1:123456789012:table/t/stream/2015-06-27T00:48:05.899:111',
      {
        stream: 'arn:aws:dynamodb:us-east-1:123456789012:table/t/stream/2015-06-27T00:48:05.899',
        sequenceNumber: '111',
      },
    ],
    ['', undefined],
    [':4959', undefined],
  ])('reads %s', (text, expected) => {
    expect(parseSequenceArgument(text)).toEqual(expected);
  });
});

describe('parseTimeArgument', () => {
  const now = Date.UTC(2026, 10, 21, 9);
  test.each([
    ['2h', now - 7_200_000],
    ['7d', now - 604_800_000],
    ['2026-11-21', Date.UTC(2026, 10, 21)],
    ['2026-11-21T08:30:00Z', now - 1_800_000],
    ['2026-11-21 08:30:00', now - 1_800_000],
    ['2026-11-21T09:30:00+01:00', now - 1_800_000],
    ['1591714943146', 1591714943146],
    ['yesterday', undefined],
    ['2026-13-45', undefined],
    ['2016-02-30', undefined],
    ['2016-02-29T12:00:00Z', Date.UTC(2016, 1, 29, 12)],
    ['', undefined],
  ])('reads %s', (text, expected) => {
    expect(parseTimeArgument(text, now)).toBe(expected);
  });
});

describe('rangeOrLastDay', () => {
  const now = Date.UTC(2026, 10, 21, 9);

  test('is the day before now, or before its end', () => {
    expect(rangeOrLastDay({}, now)).toEqual({ since: now - 86_400_000, until: now });
    expect(rangeOrLastDay({ until: '2026-11-20' }, now).since).toBe(Date.UTC(2026, 10, 19));
  });

  test('refuses a beginning that is still to come, where an empty answer would look like good news', () => {
    expect(() => rangeOrLastDay({ since: '2026-11-27T11:00Z' }, now)).toThrow(
      '--since 2026-11-27T11:00Z is not before now, 2026-11-21 09:00 UTC there.',
    );
  });
});

test('the nearest ids begin alike, the best first', () => {
  const ids = ['7c9567b5-aaaa', '7c956000-bbbb', '3eb496cd-cccc'];

  expect(nearestIds('7c9567b5-107b', ids)).toEqual(['7c9567b5-aaaa', '7c956000-bbbb']);
  expect(nearestIds('3e', ids)).toEqual(['3eb496cd-cccc']);
  expect(nearestIds('ffffffff', ids)).toEqual([]);
});
