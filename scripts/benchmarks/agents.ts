import { houseAgent } from '../../packages/cli/src/index.ts';
import type { FunctionWindow } from '../../packages/contracts/src/index.ts';
import {
  createScenario,
  reportOf,
  runWithAgent,
  type ScenarioInput,
  Twin,
} from '../../packages/simulator/src/index.ts';
import { isCatastrophe, type Outcome, type Run, summaryOf } from './agents/compare-runs.ts';
import type { BenchmarkReport } from './benchmark.ts';
import { median } from './median.ts';
import { renderFigures } from './render-figures.ts';

/** `LAMPLIGHTER_BENCH_SEEDS`: fewer, for a machine that is busy. */
const RUNS = Number(process.env.LAMPLIGHTER_BENCH_SEEDS ?? 200);
const TOLD_EACH = 20;
const ONSET_MIN = 40;
const END_MIN = 80;
const LENGTH_MIN = 100;

interface Incident {
  readonly kind: string;
  readonly fault?: (size: number) => object;
  /** Requests a second beside the usual ones, all of them good. */
  readonly surge?: (size: number) => number;
  /** What is obvious to do about it does harm, or nothing: nobody has to be better here, and nobody worse. */
  readonly isTrap?: true;
}

/**
 * What may happen to one function and what it calls, a size drawn from the seed. The last three are traps: nobody
 * may be turned away from a sale, a release that reaches few must not cost all, and no room for calls helps who is refused behind them.
 */
const INCIDENTS: readonly Incident[] = [
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
  {
    kind: 'bad canary',
    isTrap: true,
    fault: (size) => ({ kind: 'bad-deploy', target: 'bookings', weightPct: 10, errorPct: 20 + 80 * size }),
  },
  {
    kind: 'throttled table',
    isTrap: true,
    fault: (size) => ({ kind: 'throttled-dependency', target: 'rates', pct: 20 + 70 * size }),
  },
  { kind: 'sale', isTrap: true, surge: (size) => 60 + 240 * size },
];

/** Seeded incidents in the twin, with the agents and without: requests that failed, minutes outside the band, cost; and the seed that fared worst by each. */
export async function run(): Promise<BenchmarkReport> {
  const runs = Array.from({ length: RUNS }, (_, seed): Run => {
    const incident = INCIDENTS[seed % INCIDENTS.length]!;
    if (seed % TOLD_EACH === 0) console.error(`seed ${seed} of ${RUNS}`);
    const scenario = scenarioOf(seed, incident, ((seed * 7919) % 101) / 100);
    return { seed, kind: incident.kind, off: outcomeOf(scenario, false), on: outcomeOf(scenario, true) };
  });
  const trapped = new Set(INCIDENTS.filter(({ isTrap }) => isTrap).map(({ kind }) => kind));
  const plain = summaryOf(runs.filter(({ kind }) => !trapped.has(kind)));
  const figures = {
    seeds: `0 to ${RUNS - 1}`,
    groups: [
      { group: 'incidents', ...plain },
      { group: 'with the traps', ...summaryOf(runs) },
    ],
    rows: INCIDENTS.map(({ kind }) => ({ kind, ...summaryOf(runs.filter((one) => one.kind === kind)) })),
  };
  const isBetter = plain.failedOn < plain.failedOff && plain.badMinutesOn < plain.badMinutesOff;
  return { figures, text: renderFigures(figures), isWithinLimits: isBetter && !runs.some(isCatastrophe) };
}

function scenarioOf(seed: number, { fault, surge }: Incident, size: number): ScenarioInput {
  const usual = { kind: 'seasonal', low: '15/s', high: '30/s', period: '6h', highAt: '2h', noisePct: 5 };
  const minutes = (count: number, calls: number) => `${Math.round(calls)}\n`.repeat(count);
  const lasting = END_MIN - ONSET_MIN;
  const more = surge && {
    kind: 'csv',
    perMinute: minutes(ONSET_MIN, 0) + minutes(lasting, surge(size) * 60) + minutes(LENGTH_MIN - END_MIN, 0),
  };
  const curves = [usual, ...(more === undefined ? [] : [more])];
  return {
    name: `incident ${seed}`,
    seed,
    start: '2026-11-21T08:00:00Z',
    duration: `${LENGTH_MIN}m`,
    account: { concurrency: 1000 },
    traffic: curves.map((curve) => ({ to: 'bookings-api', curve })),
    apis: { 'bookings-api': { to: 'bookings', kind: 'http' } },
    functions: {
      bookings: {
        ...{ memoryMb: 512, timeout: '3s', cpuMs: 15 },
        calls: [
          { to: 'bookings-db', statements: 3 },
          { to: 'rates', reads: 1 },
        ],
      },
    },
    databases: { 'bookings-db': { minAcu: 1, maxAcu: 8, cpuMs: 2, waitMs: 2 } },
    tables: { rates: {} },
    ...(fault && { faults: [{ ...fault(size), at: `${ONSET_MIN}m`, until: `${END_MIN}m` }] }),
  } as unknown as ScenarioInput;
}

function outcomeOf(scenario: ScenarioInput, isHelped: boolean): Outcome {
  const twin = new Twin(createScenario(scenario));
  const windows = runWithAgent(twin, isHelped ? houseAgent() : () => []);
  const { edges, costUsd } = reportOf(twin);
  return {
    requests: edges.reduce((sum, { requests }) => sum + requests, 0),
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
