import { expect, test } from '@jest/globals';
import { judgeRepair, type MinuteFigures, type RepairTrial } from './judge-repair.ts';

const TRIAL: RepairTrial = { metric: 'p95-ms', before: 2_000, target: 300, failuresBefore: 0.01 };

const minutes = (...figures: Partial<MinuteFigures>[]): MinuteFigures[] =>
  figures.map((rest, at) => ({
    start: at * 60_000,
    calls: 20,
    failureShare: 0,
    timeoutShare: 0,
    outOfMemoryShare: 0,
    coldStartShare: 0,
    p95Ms: 200,
    ...rest,
  }));

test.each<[string, MinuteFigures[], string]>([
  ['nothing seen yet', [], 'wait'],
  ['one good minute may be luck', minutes({}), 'wait'],
  ['two good minutes', minutes({}, {}), 'keep'],
  ['good minutes that are not in a row', minutes({}, { p95Ms: 900 }, {}), 'wait'],
  ['two minutes that are worse than before', minutes({ p95Ms: 2_500 }, { p95Ms: 3_000 }), 'undo'],
  ['quick because it fails', minutes({ failureShare: 0.5 }, { failureShare: 0.6 }), 'undo'],
  ['ten minutes that brought nothing', minutes(...Array.from({ length: 10 }, () => ({ p95Ms: 1_500 }))), 'undo'],
  ['quiet minutes say nothing', minutes({ calls: 0, p95Ms: 0 }, { calls: 0, p95Ms: 0 }, {}), 'wait'],
])('%s: %s', (_, seen, kind) => {
  expect(judgeRepair(TRIAL, seen).kind).toBe(kind);
});

test('the order in which minutes are read says nothing', () => {
  const seen = minutes({ p95Ms: 2_500 }, {}, {});

  expect(judgeRepair(TRIAL, seen.toReversed())).toEqual(judgeRepair(TRIAL, seen));
});

test('what has nothing to measure is kept', () => {
  expect(judgeRepair({ ...TRIAL, metric: 'none' }, [])).toMatchObject({ kind: 'keep' });
});
