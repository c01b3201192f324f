import { expect, test } from '@jest/globals';
import { aroundFinding } from './around-finding.ts';

const HOUR_MS = 3_600_000;

test('what may have caused a finding was changed two hours before it or later, and while it was open', () => {
  const openedAt = Date.UTC(2026, 0, 15, 3);
  expect(aroundFinding({ openedAt, resolvedAt: openedAt + HOUR_MS })).toEqual({
    since: openedAt - 2 * HOUR_MS,
    until: openedAt + HOUR_MS,
  });
  expect(aroundFinding({ openedAt }).until).toBeGreaterThan(openedAt + 300 * 24 * HOUR_MS);
  expect(aroundFinding({ openedAt: 5 }).since).toBe(0);
});
