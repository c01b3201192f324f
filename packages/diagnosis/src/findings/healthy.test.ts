import { expect, test } from '@jest/globals';
import { MONDAY, runFault, runHealthy } from '../testing/run-fault.ts';
import type { Simulation } from '../testing/simulate-function.ts';

const DAY_MS = 86_400_000;
const seasonal = { dailyAmplitude: 0.8, weekendFactor: 0.4, noise: 0.25, burstFactor: 1 };

/** Days are from Friday on, so that a weekend comes. `pnpm bench findings` takes more of them. */
const HEALTHY: readonly (Pick<Simulation, 'traffic' | 'behaviour' | 'fault'> & {
  readonly name: string;
  readonly days: number;
  readonly seeds: number;
})[] = [
  { name: 'seasonal', days: 2, seeds: 1, traffic: { callsPerMinute: 60, ...seasonal } },
  { name: 'busy and noisy', days: 1, seeds: 1, traffic: { callsPerMinute: 900, ...seasonal, noise: 0.35 } },
  { name: 'in bursts', days: 1, seeds: 2, traffic: { callsPerMinute: 80, ...seasonal, burstFactor: 2.5 } },
  { name: 'quiet', days: 1, seeds: 2, behaviour: { coldShare: 0.05 }, traffic: { callsPerMinute: 4, ...seasonal } },
  {
    name: 'three calls an hour, all cold',
    days: 3,
    seeds: 2,
    behaviour: { coldShare: 0.9 },
    traffic: { callsPerMinute: 0.05, ...seasonal, noise: 0 },
  },
  {
    name: 'slower by day',
    days: 2,
    seeds: 1,
    traffic: { callsPerMinute: 30, ...seasonal },
    fault: (behaviour, minute) =>
      Object.assign(behaviour, { medianMs: 120 * (1 + 0.3 * Math.sin((2 * Math.PI * minute) / 1_440)) }),
  },
  {
    name: 'two percent of errors, as always',
    days: 1,
    seeds: 1,
    behaviour: { errorRate: 0.02 },
    traffic: { callsPerMinute: 60, ...seasonal },
  },
];

test.each(HEALTHY)('healthy traffic gives no finding: $name', ({ days, seeds, ...simulation }) => {
  for (let seed = 1; seed <= seeds; seed++) {
    const { opened } = runHealthy({ seed, start: MONDAY + 4 * DAY_MS, minutes: days * 1_440, ...simulation });
    expect({ seed, titles: opened.map(({ title }) => title) }).toEqual({ seed, titles: [] });
  }
});

test('five days, with their weekend, give no finding', () => {
  const traffic = { callsPerMinute: 25, ...seasonal };
  const { opened } = runHealthy({ seed: 1, start: MONDAY + 3 * DAY_MS, minutes: 5 * 1_440, traffic });
  expect(opened.map(({ title }) => title)).toEqual([]);
});

test.each([
  ['in a quarter of an hour', (minutes: number) => 100 + 180 * (1 - Math.exp(-minutes / 15))],
  ['in an hour', (minutes: number) => 100 + 180 * (1 - Math.exp(-minutes / 60))],
  ['and starts anew every 90 minutes', (minutes: number) => 120 + (60 * (minutes % 90)) / 90],
])('memory that fills up %s is no leak', (_name, memoryAt) => {
  const traffic = { callsPerMinute: 30, ...seasonal };
  const healthy = runHealthy({ seed: 3, start: MONDAY, minutes: 100, traffic, behaviour: { memoryUsedMb: 100 } });
  const warmUp = {
    name: '',
    class: 'memory-leak' as const,
    apply: (it: object, since: number) => Object.assign(it, { memoryUsedMb: memoryAt(since) }),
  };
  expect(runFault(warmUp, healthy, 300).after).toEqual([]);
});
