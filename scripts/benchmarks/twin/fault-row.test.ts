import { expect, test } from '@jest/globals';
import { faultRow } from './fault-row.ts';
import type { OpenedFinding } from './run-twin.ts';

const found = (type: string, minutes: number, cause?: string, name = 'bookings') =>
  ({
    finding: { class: type, resource: { name }, causes: cause ? [{ name: cause }] : [] },
    minutes,
  }) as unknown as OpenedFinding;

test('a finding counts where its class, its function and its time are right; any other one is false', () => {
  const row = faultRow('slow-query', [
    { seed: 1, opened: [found('dependency-slow', 1, 'bookings-db')] },
    { seed: 2, opened: [found('dependency-slow', 4, 'items'), found('traffic-drop', 5)] },
    { seed: 3, opened: [found('dependency-slow', -3, 'bookings-db')] },
    { seed: 4, opened: [found('dependency-slow', 1, 'bookings-db', 'audit')] },
  ]);
  expect(row).toMatchObject({
    runs: 4,
    found: 2,
    culprit: 1,
    withinTwo: 1,
    falseFindings: 3,
    precision: 0.4,
    recall: 0.5,
  });
  expect(row).toMatchObject({ median: 4, slowest: 4, namedAs: 'dependency-slow 4, traffic-drop 1' });
});

test('whatever is found of nothing is false', () => {
  expect(faultRow('healthy', [{ seed: 1, opened: [found('slow-down', 3)] }])).toMatchObject({
    found: 0,
    falseFindings: 1,
  });
});
