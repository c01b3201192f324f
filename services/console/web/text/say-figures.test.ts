import { describe, expect, test } from '@jest/globals';
import { ago, duration, lasted, measured, percent, usd, utc } from './say-figures.ts';

const NOW = Date.UTC(2026, 0, 15, 3, 12);

test('distances in their largest unit', () => {
  expect(ago(NOW - 1_000, NOW)).toBe('just now');
  expect(ago(NOW - 180_000, NOW)).toBe('3 min ago');
  expect(ago(NOW + 7_200_000, NOW)).toBe('in 2 h');
  expect([900, 42_000, 59 * 60_000, 47 * 3_600_000, 72 * 3_600_000].map(lasted)).toEqual([
    '900 ms',
    '42 s',
    '59 min',
    '47 h',
    '3 d',
  ]);
});

test('instants in one time zone for everybody', () => {
  expect(utc(NOW)).toBe('15 Jan 03:12 UTC');
});

describe('figures', () => {
  test.each([
    [210.4, '210 ms'],
    [1_944, '1.94 s'],
    [90_000, '1.5 min'],
    [null, '–'],
    [undefined, '–'],
  ])('%p ms', (ms, shown) => expect(duration(ms)).toBe(shown));
  test.each([
    [0, '$0'],
    [0.0017057, '$0.0017'],
    [1234.5, '$1,234.50'],
    [-0.5, '−$0.50'],
  ])('%p USD', (amount, shown) => expect(usd(amount)).toBe(shown));
  test('99.999 % is not all', () => {
    expect(percent(99.999)).toBe('99.99 %');
    expect(percent(100)).toBe('100 %');
    expect(percent(142.4)).toBe('142 %');
    expect(percent(12_345)).toBe('12,345 %');
    expect(percent(0 / 0)).toBe('–');
  });
});

test('what was measured is told as people read it', () => {
  expect([
    measured(1 / 3, 'share'),
    measured(0.005, 'share'),
    measured(3012.4, 'ms'),
    measured(12.3456, 'errors'),
  ]).toEqual([percent(100 / 3), percent(0.5), duration(3012.4), '12.3 errors']);
});
