import { expect, test } from '@jest/globals';
import { confusionTable } from './confusion-table.ts';

test('a finding of another class is false for that class and a miss for the seeded one', () => {
  const rows = confusionTable([
    { truth: 'timeouts', found: ['timeouts'], minutesToDetect: 1, isInTime: true },
    { truth: 'timeouts', found: ['timeouts', 'slow-down'], minutesToDetect: 3, isInTime: false },
    { truth: 'slow-down', found: ['timeouts'] },
    { truth: 'healthy', found: [] },
    { truth: 'healthy', found: ['timeouts'] },
  ]);

  expect(
    rows.map((row) => [row.class, row.runs, row.found, row.foundInTime, row.falseFindings, row.precision, row.recall]),
  ).toEqual([
    ['healthy', 2, 1, 1, 0, 1, 0.5],
    ['slow-down', 1, 0, 0, 1, 0, 0],
    ['timeouts', 2, 2, 1, 2, 0.5, 1],
  ]);
  expect(rows[2]).toMatchObject({ medianMinutes: 3, slowestMinutes: 3, others: 'slow-down 1' });
  expect(rows[1]).toMatchObject({ medianMinutes: null, others: 'timeouts 1' });
});
