import { createScenario, type Scenario, type ScenarioInput } from '../../../packages/simulator/src/index.ts';

type FaultInput = NonNullable<ScenarioInput['faults']>[number];
export type TwinFault = FaultInput['kind'] | 'poison-in-queue' | 'slow-deploy' | 'healthy';

/** Minutes of health before a fault, and of the fault. */
export const HEALTHY_MINUTES = 110;
export const FAULT_MINUTES = 30;
/** A new version that is as good as the one before it: every second run has one. */
const HARMLESS = { kind: 'bad-deploy', target: 'bookings', errorPct: 0, at: '85m' } as const;

/** Every fault of the twin, at strengths that differ by the seed (`part`, 0 to 1); a healthy run has none. */
const FAULTS: Readonly<Record<TwinFault, (part: number) => Record<string, unknown> | undefined>> = {
  'error-rate': (part) => ({ kind: 'error-rate', target: 'bookings', pct: 6 + 30 * part }),
  'memory-leak': (part) => ({ kind: 'memory-leak', target: 'bookings', mbPerMinute: 8 + 12 * part }),
  'timeout-creep': (part) => ({ kind: 'timeout-creep', target: 'bookings', pctPerMinute: 40 + 60 * part }),
  'cold-start-storm': (part) => ({ kind: 'cold-start-storm', target: 'bookings', pct: 25 + 40 * part }),
  'slow-query': (part) => ({ kind: 'slow-query', target: 'bookings-db', factor: 20 + 30 * part }),
  'connection-pressure': (part) => ({
    kind: 'connection-pressure',
    target: 'bookings-db',
    perMinute: 250 + 400 * part,
  }),
  'throttled-dependency': (part) => ({ kind: 'throttled-dependency', target: 'items', pct: 60 + 30 * part }),
  'poison-message': () => ({ kind: 'poison-message', target: 'changes' }),
  'poison-in-queue': () => ({ kind: 'poison-message', target: 'mails' }),
  'bad-deploy': (part) => ({ kind: 'bad-deploy', target: 'bookings', errorPct: 10 + 30 * part }),
  'slow-deploy': (part) => ({ kind: 'bad-deploy', target: 'bookings', errorPct: 0, durationFactor: 2.5 + 3 * part }),
  healthy: () => undefined,
};

export const TWIN_FAULTS = Object.keys(FAULTS) as TwinFault[];

/** A hotel's bookings: an API, its function, a stream and a queue behind it, a database and a table. Size, hour, noise and strength follow from the seed. */
export function twinScenario(kind: TwinFault, seed: number): Scenario {
  const part = ((seed * 7) % 10) / 9;
  const fault = FAULTS[kind](part);
  const low = [2, 4, 10][seed % 3]!;
  return createScenario({
    name: `${kind} ${seed}`,
    seed: 1_000 + seed,
    start: `2026-11-${String(2 + (seed % 20)).padStart(2, '0')}T${String((seed * 5) % 24).padStart(2, '0')}:00:00Z`,
    duration: `${HEALTHY_MINUTES + FAULT_MINUTES}m`,
    exactUpTo: 20,
    account: { concurrency: 2000 },
    traffic: [
      {
        to: 'bookings-api',
        curve: { kind: 'seasonal', low: `${low}/s`, high: `${low * 3}/s`, period: '24h', highAt: '8h', noisePct: 8 },
      },
    ],
    apis: { 'bookings-api': { to: 'bookings', kind: 'http' } },
    functions: {
      bookings: {
        memoryMb: [512, 1024][seed % 2]!,
        timeout: ['3s', '6s'][seed % 2]!,
        cpuMs: 12 + (seed % 4) * 6,
        memoryUsedMb: 150,
        errorPct: 0.1,
        calls: [
          { to: 'changes', records: 1 },
          { to: 'mails', messages: 1 },
          { to: 'items', reads: 1, writes: 1 },
          { to: 'bookings-db', statements: 1 },
        ],
      },
      'project-changes': { memoryMb: 512, cpuMs: 5, errorPct: 0.05 },
      'send-mail': {
        memoryMb: 256,
        waitMs: 120,
        cpuMs: 4,
        reservedConcurrency: 50,
        calls: [{ to: 'audit', events: 1 }],
      },
      audit: { memoryMb: 256 },
    },
    streams: { changes: { mode: 'provisioned', shards: 2 } },
    queues: { mails: { visibilityTimeout: '60s', maxReceiveCount: 10 } },
    mappings: [
      {
        from: 'changes',
        to: 'project-changes',
        batchSize: 100,
        perRecordMs: 2,
        maximumRetries: -1,
        bisectOnError: true,
      },
      { from: 'mails', to: 'send-mail' },
    ],
    databases: { 'bookings-db': { minAcu: 2, maxAcu: 4 } },
    tables: { items: {} },
    faults: [
      ...(seed % 2 === 0 ? [HARMLESS] : []),
      ...(fault === undefined ? [] : [{ ...fault, at: `${HEALTHY_MINUTES}m` } as FaultInput]),
    ],
  });
}
