import { houseAgent } from '../../packages/cli/src/index.ts';
import type { FunctionWindow } from '../../packages/contracts/src/index.ts';
import {
  createScenario,
  reportOf,
  runWithAgent,
  type ScenarioInput,
  Twin,
} from '../../packages/simulator/src/index.ts';
import type { BenchmarkReport } from './benchmark.ts';
import { renderFigures } from './render-figures.ts';

const RUNS = 200;
const ONSET_MIN = 40;
const END_MIN = 80;
const LENGTH_MIN = 100;

/** Faults of one function and what it calls, a size drawn from the seed. */
const FAULTS: readonly { readonly kind: string; readonly fault: (size: number) => object }[] = [
  { kind: 'slow-query', fault: (size) => ({ kind: 'slow-query', target: 'bookings-db', factor: 6 + 14 * size }) },
  {
    kind: 'connection-pressure',
    fault: (size) => ({ kind: 'connection-pressure', target: 'bookings-db', perMinute: 30 + 100 * size }),
  },
  { kind: 'error-rate', fault: (size) => ({ kind: 'error-rate', target: 'bookings', pct: 5 + 40 * size }) },
  { kind: 'memory-leak', fault: (size) => ({ kind: 'memory-leak', target: 'bookings', mbPerMinute: 20 + 40 * size }) },
  {
    kind: 'timeout-creep',
    fault: (size) => ({ kind: 'timeout-creep', target: 'bookings', pctPerMinute: 100 + 300 * size }),
  },
  {
    kind: 'cold-start-storm',
    fault: (size) => ({ kind: 'cold-start-storm', target: 'bookings', pct: 20 + 60 * size }),
  },
  {
    kind: 'bad-deploy',
    fault: (size) => ({ kind: 'bad-deploy', target: 'bookings', weightPct: 100, errorPct: 10 + 60 * size }),
  },
];

interface Outcome {
  readonly failed: number;
  readonly badMinutes: number;
  readonly usd: number;
}

/** Seeded incidents in the twin, with the agents and without: requests that failed, minutes outside the band, cost. */
export async function run(): Promise<BenchmarkReport> {
  const rows = FAULTS.map(({ kind }) => ({ kind, off: [] as Outcome[], on: [] as Outcome[] }));
  for (let seed = 0; seed < RUNS; seed++) {
    const at = seed % FAULTS.length;
    const scenario = scenarioOf(seed, FAULTS[at]!.fault(((seed * 7919) % 101) / 100));
    rows[at]!.off.push(outcomeOf(scenario, false));
    rows[at]!.on.push(outcomeOf(scenario, true));
  }
  const all = rows.flatMap(({ on, off }) => on.map((one, at) => ({ on: one, off: off[at]! })));
  const worst = Math.max(...all.map(({ on, off }) => on.failed - off.failed));
  const figures = {
    runs: all.length,
    medianFailedOff: median(all.map(({ off }) => off.failed)),
    medianFailedOn: median(all.map(({ on }) => on.failed)),
    medianBadMinutesOff: median(all.map(({ off }) => off.badMinutes)),
    medianBadMinutesOn: median(all.map(({ on }) => on.badMinutes)),
    medianUsdOff: median(all.map(({ off }) => off.usd)),
    medianUsdOn: median(all.map(({ on }) => on.usd)),
    worstMoreFailed: worst,
    rows: rows.map(({ kind, on, off }) => ({
      kind,
      runs: on.length,
      failedOff: median(off.map(({ failed }) => failed)),
      failedOn: median(on.map(({ failed }) => failed)),
      badMinutesOff: median(off.map(({ badMinutes }) => badMinutes)),
      badMinutesOn: median(on.map(({ badMinutes }) => badMinutes)),
      usdOff: median(off.map(({ usd }) => usd)),
      usdOn: median(on.map(({ usd }) => usd)),
      worstMoreFailed: Math.max(...on.map((one, at) => one.failed - off[at]!.failed)),
    })),
  };
  const isWithinLimits =
    figures.medianFailedOn < figures.medianFailedOff && figures.medianBadMinutesOn < figures.medianBadMinutesOff;
  return { figures, text: renderFigures(figures), isWithinLimits };
}

function scenarioOf(seed: number, fault: object): ScenarioInput {
  return {
    name: `incident ${seed}`,
    seed,
    start: '2026-11-21T08:00:00Z',
    duration: `${LENGTH_MIN}m`,
    account: { concurrency: 1000 },
    traffic: [
      {
        to: 'bookings-api',
        curve: { kind: 'seasonal', low: '15/s', high: '30/s', period: '6h', highAt: '2h', noisePct: 5 },
      },
    ],
    apis: { 'bookings-api': { to: 'bookings', kind: 'http' } },
    functions: {
      bookings: { memoryMb: 512, timeout: '3s', cpuMs: 15, calls: [{ to: 'bookings-db', statements: 3 }] },
    },
    databases: { 'bookings-db': { minAcu: 1, maxAcu: 8, cpuMs: 2, waitMs: 2 } },
    faults: [{ ...fault, at: `${ONSET_MIN}m`, until: `${END_MIN}m` }],
  } as unknown as ScenarioInput;
}

function outcomeOf(scenario: ScenarioInput, isHelped: boolean): Outcome {
  const twin = new Twin(createScenario(scenario));
  const windows = runWithAgent(twin, isHelped ? houseAgent() : () => []);
  const { edges, costUsd } = reportOf(twin);
  return {
    failed: edges.reduce((sum, { failed, throttled }) => sum + failed + throttled, 0),
    badMinutes: badMinutesOf(windows),
    usd: costUsd,
  };
}

/** Minutes in which more than 2 % failed, or the mean took three times what it took before the fault. */
function badMinutesOf(windows: readonly FunctionWindow[]): number {
  const mean = ({ durationMs, invocations }: FunctionWindow): number => durationMs.sum / Math.max(1, invocations);
  const usual = median(windows.slice(5, ONSET_MIN - 1).map(mean));
  return windows.slice(ONSET_MIN).filter((window) => {
    const failed = window.errors + window.timeouts + window.outOfMemory + window.initErrors;
    return failed > 0.02 * window.invocations || mean(window) > 3 * usual;
  }).length;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
