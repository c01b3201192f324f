import { expect, test } from '@jest/globals';
import { readInstant, writeInstant } from './instant.ts';

const AT = Date.UTC(2026, 0, 14, 3, 40);

test('an instant is read as ISO 8601 in UTC and as epoch milliseconds, and written to the minute', () => {
  for (const text of ['2026-01-14T03:40Z', '2026-01-14T03:40:00Z', '2026-01-14T03:40:00.000Z', String(AT)])
    expect(readInstant(text)).toBe(AT);
  expect(writeInstant(AT + 59_999)).toBe('2026-01-14T03:40Z');
  expect(readInstant('0')).toBe(0);
});

test.each([
  '',
  'yesterday',
  '2026-01-14',
  '2026-01-14T03:40',
  '2026-01-14T03:40+01:00',
  '2026-13-14T03:40Z',
  '1969-12-31T23:59Z',
  '-1',
  '1e3',
  '1.5',
  'NaN',
  '9999999999999999',
  ' 1',
  '<script>',
])('%j is no instant', (text) => {
  expect(readInstant(text)).toBeUndefined();
});
