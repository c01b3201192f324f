import { expect, test } from '@jest/globals';
import { judgeRepair, type MinuteFigures, type Patience, type RepairTrial } from './judge-repair.ts';

const TRIAL: RepairTrial = { metric: 'p95-ms', before: 2_000, target: 300, failuresBefore: 0.01 };
const AT_ONCE: Patience = { elapsedMs: 0, verdictMinutes: 60 };
const MINUTE_MS = 60_000;

const minutes = (...figures: Partial<MinuteFigures>[]): MinuteFigures[] =>
  figures.map((rest, at) => ({
    start: at * 60_000,
    calls: 20,
    failureShare: 0,
    timeoutShare: 0,
    outOfMemoryShare: 0,
    coldStartShare: 0,
    p50Ms: 50,
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
  ['nine minutes that helped', minutes(...Array.from({ length: 9 }, () => ({ p95Ms: 500 }))), 'wait'],
  [
    'ten minutes that took most of the harm away',
    minutes(...Array.from({ length: 10 }, () => ({ p95Ms: 500 }))),
    'keep',
  ],
  [
    'ten minutes of which most brought nothing',
    minutes(...Array.from({ length: 10 }, (__, at) => ({ p95Ms: at < 4 ? 500 : 1_900 }))),
    'undo',
  ],
  ['twenty quiet minutes and a bad one', minutes(...Array(20).fill({ calls: 0 }), { p95Ms: 1_500 }), 'wait'],
  ['quiet minutes say nothing', minutes({ calls: 0, p95Ms: 0 }, { calls: 0, p95Ms: 0 }, {}), 'wait'],
])('%s: %s', (_, seen, kind) => {
  expect(judgeRepair(TRIAL, seen, AT_ONCE).kind).toBe(kind);
});

/** Three calls in ten hold their connection for 1.5 s, and two that meet for 3 s: ten calls a minute tell the 95th percentile by luck. */
const HELD_MS = [3_070, 1_620, 3_070, 1_610, 60, 1_620, 3_070, 1_600, 1_620, 3_070];

test('what did nothing is not kept because half of its minutes were lucky', () => {
  const trial = { ...TRIAL, before: 3_070, target: 239, mean: { beforeMs: 520, usualMs: 45 } };
  const seen = minutes(...HELD_MS.map((p95Ms) => ({ p95Ms, meanMs: 490 })));

  expect(judgeRepair(trial, seen, AT_ONCE)).toMatchObject({ kind: 'undo', because: '10 minutes brought nothing' });
  const helped = seen.map((minute) => ({ ...minute, meanMs: 200 }));
  expect(judgeRepair(trial, helped, AT_ONCE)).toMatchObject({ kind: 'keep' });
});

test('the order in which minutes are read says nothing', () => {
  const seen = minutes({ p95Ms: 2_500 }, {}, {});

  expect(judgeRepair(TRIAL, seen.toReversed(), AT_ONCE)).toEqual(judgeRepair(TRIAL, seen, AT_ONCE));
});

test('what has nothing to measure is kept', () => {
  expect(judgeRepair({ ...TRIAL, metric: 'none' }, [], AT_ONCE)).toMatchObject({ kind: 'keep' });
});

test.each<[string, MinuteFigures[]]>([
  ['nobody calls', []],
  ['one good minute', minutes({})],
])('a repair that nothing speaks for is undone when its time is over: %s', (_, seen) => {
  const before = judgeRepair(TRIAL, seen, { elapsedMs: 30 * MINUTE_MS - 1, verdictMinutes: 30 });
  const then = judgeRepair(TRIAL, seen, { elapsedMs: 30 * MINUTE_MS, verdictMinutes: 30 });

  expect(before).toEqual({ kind: 'wait' });
  expect(then).toMatchObject({
    kind: 'undo',
    windows: seen.length,
    because: '30 minutes gave no verdict',
    isSilent: true,
  });
});

test('few minutes that are as bad as before say that it did not help', () => {
  const bad = minutes({ failureShare: 0.5 }, { failureShare: 0.5 });
  const trial: RepairTrial = { metric: 'failure-share', before: 0.5, target: 0.01, failuresBefore: 0.5 };
  const then = judgeRepair(trial, bad, { elapsedMs: 60 * MINUTE_MS, verdictMinutes: 60 });

  expect(then).toMatchObject({ kind: 'undo', because: '60 minutes brought nothing' });
  expect(then).not.toHaveProperty('isSilent');
});

test.each<[string, number[], object]>([
  ['one that is not', [...Array(60).fill(0), 0.007], { kind: 'keep' }],
  ['most that are not', [...Array(20).fill(0), ...Array(40).fill(0.007), 0, 0.007], { kind: 'undo' }],
  ['two that fail', [...Array(60).fill(0), 0.3, 0.4], { kind: 'undo', because: 'more calls fail than before' }],
])('where nothing was wrong before, good minutes and %s', (_, shares, verdict) => {
  const trial: RepairTrial = { metric: 'failure-share', before: 0, target: 0.005, failuresBefore: 0 };
  const seen = minutes(...shares.map((failureShare) => ({ failureShare })));

  expect(judgeRepair(trial, seen, { elapsedMs: 61 * MINUTE_MS, verdictMinutes: 60 })).toMatchObject(verdict);
});

test('what is good when its time is over is kept', () => {
  expect(judgeRepair(TRIAL, minutes({}, {}), { elapsedMs: 60 * MINUTE_MS, verdictMinutes: 60 }).kind).toBe('keep');
});

test.each<[string, MinuteFigures[], string]>([
  ['minutes that do not tell it say nothing', minutes({}, {}, {}), 'wait'],
  ['two minutes that tell it are enough', minutes({ memoryUse: 0.6 }, {}, { memoryUse: 0.65 }), 'keep'],
  ['memory that is as full as before', minutes(...Array(10).fill({ memoryUse: 0.95 })), 'undo'],
  [
    'more calls fail, whether they tell it or not',
    minutes({ memoryUse: 0.6, failureShare: 0.3 }, { failureShare: 0.3 }),
    'undo',
  ],
])('of memory in use: %s', (_, seen, kind) => {
  const trial: RepairTrial = { metric: 'memory-use', before: 0.95, target: 0.71, failuresBefore: 0.01 };

  expect(judgeRepair(trial, seen, AT_ONCE).kind).toBe(kind);
});
