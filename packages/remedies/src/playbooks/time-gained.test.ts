import { expect, test } from '@jest/globals';
import type { Finding } from '@lamplighter/contracts';
import { timeGained } from './time-gained.ts';

const MINUTE_MS = 60_000;
const LEAK: Pick<Finding, 'class' | 'evidence' | 'updatedAt'> = {
  class: 'memory-leak',
  updatedAt: 20 * MINUTE_MS,
  evidence: [{ text: '', metric: 'memory used', unit: 'MB', before: 80, after: 206, since: 2 * MINUTE_MS }],
};

test('more memory gains as long as the leak takes to fill it', () => {
  // 126 MB in 18 minutes are 7 a minute; 512 of them last 73.
  expect(timeGained(LEAK, 512)).toEqual([
    'That ends no leak: at the pace of the finding, 7.0 MB a minute, the 512 MB more gain 73 minutes.',
  ]);
  expect(timeGained({ ...LEAK, updatedAt: 202 * MINUTE_MS }, 512)[0]).toMatch(/0\.6 MB a minute, .* gain 13\.5 hours/);
});

test.each<[string, Partial<typeof LEAK>]>([
  ['has no figures', { evidence: [] }],
  ['does not say since when', { evidence: [{ text: '', metric: 'memory used', unit: 'MB', before: 80, after: 206 }] }],
  ['was told in the minute in which it began', { updatedAt: 2 * MINUTE_MS }],
])('of a finding that %s no pace is told', (_, more) => {
  expect(timeGained({ ...LEAK, ...more }, 512)).toEqual(['That ends no leak, it gains time.']);
});

test('what is no leak is not told to be one', () => {
  expect(timeGained({ ...LEAK, class: 'out-of-memory-risk' }, 512)).toEqual([]);
});
