import { expect, test } from '@jest/globals';
import type { FleetRow } from '../../../src/api/get-fleet.ts';
import { costOfHour, failMost, fleetSums } from './fleet-sums.ts';

const row = (functionName: string, more: Partial<FleetRow> = {}): FleetRow => ({
  functionName,
  ...{ accountId: '1', region: 'eu-west-1' },
  ...{
    invocations: 10,
    failures: 1,
    coldStarts: 1,
    costUsd: 0.5,
    completenessPct: 100,
    isFirstHour: false,
    isUnreadable: false,
  },
  ...more,
});
const untold = row('silent', { invocations: null, failures: null, coldStarts: null, costUsd: null });

test('what was not told is in no sum, and is counted', () => {
  expect(fleetSums([row('a'), untold, row('b')])).toMatchObject({ calls: 20, failures: 2, costUsd: 1, untold: 1 });
});

test('the least audited is named, and where nothing was compared nobody is', () => {
  const rows = [row('a'), row('b', { completenessPct: 97 }), row('c', { completenessPct: null })];
  expect(fleetSums(rows).leastAudited?.functionName).toBe('b');
  expect(fleetSums([rows[2]!]).leastAudited).toBeUndefined();
});

test('the three that fail most are named, the worst first, and none that does not fail', () => {
  const rows = [
    row('a', { failures: 0 }),
    untold,
    ...[5, 9, 7, 6].map((failures) => row(`f-${failures}`, { failures })),
  ];
  expect(failMost(rows).map(({ functionName }) => functionName)).toEqual(['f-9', 'f-7', 'f-6']);
});

test.each([
  ['what all cost is told', 3, { usd: 3, isOfAll: true }],
  ['also where the others cost nothing', 1, { usd: 1, isOfAll: true }],
  ['a whole that is less than its part is stale', 0.9, { usd: 1, isOfAll: false }],
  ['as one is that nobody has written for an hour', 0, { usd: 1, isOfAll: false }],
  ['what nobody sums up is told of the rows', null, { usd: 1, isOfAll: false }],
])('of the hour: %s', (_name, lastHourUsd, told) => {
  expect(costOfHour({ rows: [row('a'), untold, row('b')], lastHourUsd })).toEqual(told);
});

test('log groups that may not be read are told', () => {
  expect(fleetSums([row('a'), row('b', { isUnreadable: true })]).unreadable).toHaveLength(1);
});
