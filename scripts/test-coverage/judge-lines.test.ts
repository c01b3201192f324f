import { expect, test } from '@jest/globals';
import { judgeLines, renderLines } from './judge-lines.ts';
import { linesByPackage } from './lines-by-package.ts';

const FILES = [
  { path: 'packages/pricing/src/a.ts', total: 600, covered: 600 },
  { path: 'packages/pricing/src/deep/b.ts', total: 400, covered: 299 },
  { path: 'services/alerting/src/c.ts', total: 1000, covered: 620 },
  { path: 'packages/contracts/src/types.ts', total: 0, covered: 0 },
];

test('lines are summed by package; one without a line to execute is left out', () => {
  expect(linesByPackage(FILES).map(({ name, total, covered }) => [name, total, covered])).toEqual([
    ['packages/pricing', 1000, 899],
    ['services/alerting', 1000, 620],
  ]);
});

test('a pure package below its floor is told, and so is the whole where every test ran', () => {
  const rows = judgeLines(linesByPackage(FILES), ['pricing'], true);
  expect(renderLines(rows)).toEqual([
    'packages/pricing    89.9 %  899 of 1000 lines       floor 90 %: MISSED',
    'services/alerting   62.0 %  620 of 1000 lines',
    'overall             75.9 %  1519 of 2000 lines      floor 80 %: MISSED',
  ]);
});

test('a part of the tests says nothing about the whole', () => {
  const rows = judgeLines(linesByPackage(FILES), [], false);
  expect(rows.map(({ floorPct, isBelowFloor }) => [floorPct, isBelowFloor])).toEqual([
    [undefined, false],
    [undefined, false],
    [undefined, false],
  ]);
});
