import fc from 'fast-check';
import type { ScenarioInput } from '../scenario/scenario.ts';

const FAULTS = [
  { kind: 'slow-query' as const, target: 'db', at: '1m', until: '2m' },
  { kind: 'connection-pressure' as const, target: 'db', at: '30s', perMinute: 2_000 },
  { kind: 'error-rate' as const, target: 'front', at: '1m', pct: 50 },
  { kind: 'memory-leak' as const, target: 'front', at: '30s', mbPerMinute: 900 },
  { kind: 'timeout-creep' as const, target: 'front', at: '0s', pctPerMinute: 200 },
  { kind: 'cold-start-storm' as const, target: 'front', at: '1m', until: '2m' },
  { kind: 'throttled-dependency' as const, target: 'items', at: '1m' },
  { kind: 'poison-message' as const, target: 'log', at: '1m' },
  { kind: 'poison-message' as const, target: 'jobs', at: '1m' },
  { kind: 'bad-deploy' as const, target: 'front', at: '90s', weightPct: 40 },
];

/** One function, asked at a steady rate. */
export const oneFunction = (overrides: {
  rate?: string;
  duration?: string;
  arrivals?: 'poisson' | 'even';
  spec?: NonNullable<ScenarioInput['functions']>[string];
  rest?: Partial<ScenarioInput>;
}): ScenarioInput => ({
  name: 'one function',
  duration: overrides.duration ?? '10m',
  traffic: [
    {
      to: 'work',
      curve: { kind: 'constant', rate: overrides.rate ?? '20/s', arrivals: overrides.arrivals ?? 'poisson' },
    },
  ],
  functions: { work: { cpuMs: 0, waitMs: 200, spread: 0, ...overrides.spec } },
  ...overrides.rest,
});

/** A little of everything, with loads from nothing to far beyond the limits, and any faults. */
export const anyScenario: fc.Arbitrary<ScenarioInput> = fc
  .record({
    seed: fc.integer({ min: 0, max: 1_000_000 }),
    tick: fc.constantFrom('500ms', '1s', '2s'),
    exactUpTo: fc.constantFrom(0, 20, 200),
    concurrency: fc.constantFrom(10, 500, 5_000),
    from: fc.integer({ min: 0, max: 50 }),
    to: fc.constantFrom(0, 5, 300, 8_000, 40_000),
    cpuMs: fc.integer({ min: 1, max: 900 }),
    timeout: fc.constantFrom('200ms', '3s', '60s'),
    memoryMb: fc.constantFrom(128, 1024, 3008),
    errorPct: fc.constantFrom(0, 3, 100),
    provisionedConcurrency: fc.constantFrom(0, 5, 200),
    batchSize: fc.constantFrom(1, 100, 1_000),
    maximumRetries: fc.constantFrom(-1, 0, 3),
    minAcu: fc.constantFrom(0, 0.5, 4),
    access: fc.constantFrom('connections' as const, 'data-api' as const),
    faults: fc.subarray(FAULTS, { maxLength: 4 }),
  })
  .map((given) => ({
    name: 'anything',
    seed: given.seed,
    duration: '3m',
    tick: given.tick,
    exactUpTo: given.exactUpTo,
    account: { concurrency: given.concurrency },
    traffic: [
      { to: 'edge', curve: { kind: 'ramp' as const, from: `${given.from}/s`, to: `${given.to}/s`, over: '2m' } },
      { to: 'direct', curve: { kind: 'constant' as const, rate: '7/s' } },
    ],
    cdns: { edge: { to: 'api', hitPct: 20 } },
    apis: { api: { to: 'front', rateLimit: 20_000 } },
    functions: {
      front: {
        cpuMs: given.cpuMs,
        timeout: given.timeout,
        memoryMb: given.memoryMb,
        errorPct: given.errorPct,
        provisionedConcurrency: Math.min(given.provisionedConcurrency, given.concurrency),
        calls: [
          { to: 'log', records: 2 },
          { to: 'jobs', messages: 1 },
          { to: 'later', events: 1 },
          { to: 'cache', gets: 1, hitPct: 50 },
          { to: 'items', reads: 1, writes: 1 },
          { to: 'db', statements: 2 },
        ],
      },
      direct: { architecture: 'arm64' as const, ...(given.concurrency >= 500 ? { reservedConcurrency: 3 } : {}) },
      consumer: { errorPct: given.errorPct / 4 },
      worker: { errorPct: given.errorPct / 2 },
      later: { errorPct: given.errorPct },
    },
    streams: { log: {} },
    queues: { jobs: { visibilityTimeout: '20s' } },
    mappings: [
      {
        from: 'log',
        to: 'consumer',
        batchSize: given.batchSize,
        maximumRetries: given.maximumRetries,
        parallelization: 2,
      },
      { from: 'jobs', to: 'worker' },
    ],
    databases: { db: { minAcu: given.minAcu, maxAcu: 8, access: given.access, pauseAfter: '30s' } },
    tables: { items: {} },
    caches: { cache: {} },
    faults: given.faults,
  }));
