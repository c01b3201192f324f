import { expect, test } from '@jest/globals';
import { isCatastrophe, type Outcome, type Run, summaryOf } from './compare-runs.ts';

const OFF: Outcome = { requests: 100_000, failed: 2_000, badMinutes: 30, usd: 1 };
const run = (seed: number, on: Partial<Outcome>): Run => ({ seed, kind: 'any', off: OFF, on: { ...OFF, ...on } });

test.each<[string, Partial<Outcome>, boolean]>([
  ['nothing else', {}, false],
  ['one in a hundred more fails', { failed: 3_000 }, false],
  ['more than one in a hundred more fails', { failed: 3_001 }, true],
  ['five minutes more are bad', { badMinutes: 35 }, false],
  ['six minutes more are bad', { badMinutes: 36 }, true],
  ['half as much again is paid', { usd: 1.5 }, false],
  ['more than that is paid', { usd: 1.51 }, true],
])('a run with the agents in which %s', (_, on, expected) => {
  expect(isCatastrophe(run(0, on))).toBe(expected);
});

test('the worst is told by each figure, with its seed', () => {
  const summary = summaryOf([run(0, { failed: 10 }), run(1, { failed: 2_400, usd: 0.9 }), run(2, { badMinutes: 40 })]);

  expect(summary).toMatchObject({
    failedOff: 2_000,
    failedOn: 2_000,
    worstMoreFailed: '400 (seed 1: 2400 instead of 2000)',
    worstMoreMinutes: '10 (seed 2: 40 instead of 30)',
    worstMoreUsd: '0 (seed 0: 1 instead of 1)',
    catastrophes: '2',
  });
});
