import { expect, test } from '@jest/globals';
import { isBadCursor, listingCursor } from './listing-cursor.ts';

const { cursorOf, keyIn } = listingCursor({ partition: ['everything', 'all'], sortedBy: 'openedAt' });
const key = { pk: { S: 'A#1' }, sk: { S: 'A' }, everything: { S: 'all' }, openedAt: { N: '1700000000000' } };
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

test('a cursor leads back to its key', () => {
  expect(keyIn(cursorOf(key))).toEqual(key);
});

test.each([
  ['no JSON', 'nonsense'],
  ['nothing', encoded(null)],
  ['a key with less', encoded({ pk: key.pk, sk: key.sk })],
  ['a key with more', encoded({ ...key, other: { S: 'x' } })],
  ['another partition', encoded({ ...key, everything: { S: 'others' } })],
  ['no number', encoded({ ...key, openedAt: { N: 'yesterday' } })],
  ['another type', encoded({ ...key, openedAt: { S: '1' } })],
])('a cursor of %s is refused', (_, cursor) => {
  let error: unknown;
  try {
    keyIn(cursor);
  } catch (thrown) {
    error = thrown;
  }

  expect(isBadCursor(error)).toBe(true);
});
