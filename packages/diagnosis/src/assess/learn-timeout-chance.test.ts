import { expect, test } from '@jest/globals';
import { binOf, type Histogram } from '../statistics/histogram.ts';
import { timeoutChance } from '../statistics/timeout-chance.ts';
import { MONDAY } from '../testing/run-fault.ts';
import { type Observation, withoutCalls } from '../windows/observation.ts';
import { type Baseline, NEW_BASELINE } from './baseline.ts';
import { learn } from './learn.ts';
import { NO_RECENT } from './recent.ts';

const CALLS = 20;
const HEALTHY = { failures: false, durations: false, load: false, memory: false };
const DISTURBED = { ...HEALTHY, durations: true };

/** Exponential durations of 400 calls. */
function exponential(meanMs: number): Histogram {
  const bins = new Map<number, number>();
  for (let call = 0; call < 4_000; call++) {
    const bin = binOf(-meanMs * Math.log(1 - (call + 0.5) / 4_000));
    bins.set(bin, (bins.get(bin) ?? 0) + 0.1);
  }
  return [...bins].sort(([a], [b]) => a - b);
}

const seenOf = (start: number, histogram: Histogram): Observation => ({
  ...withoutCalls(start),
  calls: CALLS,
  histogram,
  memorySizeMb: 512,
  costUsd: 1e-5,
});

function learnt(before: Baseline, meanMs: number, timeoutMs: number, minutes: number, disturbed = HEALTHY): Baseline {
  const tail = exponential(meanMs);
  const minute = tail.map(([bin, count]) => [bin, (count * CALLS) / 400] as const);
  let baseline = before;
  for (let index = 0; index < minutes; index++)
    baseline = learn(baseline, seenOf(MONDAY + index * 60_000, minute), {
      recent: { ...NO_RECENT, tail, durations: tail },
      silentMinutes: 0,
      disturbed,
      timeoutMs,
    });
  return baseline;
}

const chanceIn = ({ timeoutChance: chance }: Baseline): number | undefined =>
  typeof chance === 'object' ? chance[1] : chance;

test('what was usual of one timeout says nothing of another', () => {
  const short = learnt(NEW_BASELINE, 500, 3_000, 300);
  const raised = learnt(short, 500, 10_000, 5);
  const real = timeoutChance(exponential(500), short.durations, 10_000)?.probability ?? 1;

  expect(chanceIn(short)).toBeGreaterThan(1e-3);
  expect(real).toBeLessThan(1e-6);
  expect(chanceIn(raised)).toBeLessThan(1e-5);
});

test('a state without it does not take a bad minute for usual', () => {
  const { timeoutChance: _unknown, ...older } = learnt(NEW_BASELINE, 200, 3_000, 300);
  const usual = chanceIn(learnt(older, 200, 3_000, 1)) ?? 1;
  const bad = timeoutChance(exponential(800), older.durations, 3_000)?.probability ?? 0;
  const after = chanceIn(learnt(older, 800, 3_000, 1, DISTURBED)) ?? 1;

  expect(bad).toBeGreaterThan(100 * usual);
  expect(after).toBeLessThan(bad / 100);
});

test('a chance that was learnt without its timeout goes on', () => {
  const older = { ...learnt(NEW_BASELINE, 500, 3_000, 300), timeoutChance: 0.5 };
  const [timeoutMs, chance] = learnt(older, 500, 3_000, 1).timeoutChance as readonly [number, number];

  expect(timeoutMs).toBe(3_000);
  expect(chance).toBeGreaterThan(0.4);
});
