import type { FindingClass } from '@lamplighter/contracts';
import type { Fact } from '../windows/fact.ts';
import type { Random } from './random.ts';
import type { Behaviour, Simulation } from './simulate-function.ts';

/** A fault that a simulated function gets at a minute, and the class that a finding of it must have. */
export interface SeededFault {
  readonly name: string;
  readonly class: FindingClass;
  /** What the function is like before it. */
  readonly behaviour?: Simulation['behaviour'];
  readonly callsPerMinute?: number;
  readonly apply: (behaviour: Behaviour, minutesSince: number, random: Random) => void;
  readonly facts?: (onset: number) => readonly Fact[];
  readonly concurrencyLimit?: number;
  /** Minutes by which it has to be found; 2 where absent. A leak has to grow first. */
  readonly within?: number;
}

const minutes = (count: number): number => count * 60_000;

/** One of each class that windows and facts can show. */
export const FAULTS: readonly SeededFault[] = [
  {
    name: 'a third of the calls fail',
    class: 'error-burst',
    apply: (it) => Object.assign(it, { errorRate: 0.33, errorText: 'TypeError: cannot read room of guest' }),
  },
  {
    name: 'one call in twelve fails',
    class: 'error-burst',
    apply: (it) => Object.assign(it, { errorRate: 0.08, errorText: 'Error: no rate for room #' }),
    within: 2,
  },
  { name: 'a tenth of the calls time out', class: 'timeouts', apply: (it) => Object.assign(it, { timeoutRate: 0.1 }) },
  {
    name: 'calls run out of memory',
    class: 'out-of-memory',
    apply: (it) => Object.assign(it, { outOfMemoryRate: 0.15, memoryUsedMb: 500 }),
  },
  {
    name: 'environments do not start',
    class: 'init-failures',
    apply: (it) =>
      Object.assign(it, { initErrorRate: 0.3, errorText: 'Runtime.ImportModuleError: Cannot find module' }),
  },
  { name: 'calls are throttled', class: 'throttling', apply: (it) => Object.assign(it, { throttleRate: 0.1 }) },
  {
    name: 'clients retry what fails',
    class: 'retry-storm',
    apply: (it) => Object.assign(it, { errorRate: 0.7, callsPerMinute: it.callsPerMinute * 3 }),
  },
  {
    name: 'Lambda drops a loop',
    class: 'recursive-loop',
    apply: (it) => Object.assign(it, { callsPerMinute: it.callsPerMinute * 5, recursionsDropped: 40 }),
  },
  {
    name: 'a chain of calls',
    class: 'recursive-loop',
    apply: (it) => Object.assign(it, { callsPerMinute: it.callsPerMinute * 8, isChain: true }),
  },
  {
    name: 'a message fails again and again',
    class: 'poison-message',
    behaviour: { iteratorAgeMs: 800 },
    apply: (it, since) => Object.assign(it, { errorRate: 0.3, iteratorAgeMs: 60_000 * (since + 1) }),
    facts: (onset) =>
      [1, 2, 3].map((minute) => ({
        kind: 'repeated-message',
        id: `orders:49590338271490256608559692538361571095921575989136588898:${minute * 3}`,
        at: onset + minutes(minute - 1),
        source: 'orders',
        sequenceNumber: '49590338271490256608559692538361571095921575989136588898',
        failures: minute * 3,
        requestIds: ['00000000-0000-4000-8000-000000000001'],
      })),
  },
  {
    name: 'lost asynchronous requests',
    class: 'async-failures',
    apply: () => undefined,
    facts: (onset) => [
      {
        kind: 'async-failure',
        id: 'a1',
        at: onset,
        requestId: '00000000-0000-4000-8000-000000000002',
        condition: 'RetriesExhausted',
      },
    ],
  },
  {
    name: 'everything takes three times as long',
    class: 'slow-down',
    apply: (it) => Object.assign(it, { medianMs: it.medianMs * 3 }),
  },
  {
    name: 'the database is slow',
    class: 'dependency-slow',
    apply: (it) => Object.assign(it, { medianMs: it.medianMs * 4 }),
    facts: (onset) => [
      {
        kind: 'dependency',
        id: 'aurora',
        at: onset,
        name: 'aurora: itinerary by guest',
        beforeMs: 20,
        afterMs: 380,
        share: 0.92,
        traceIds: ['1-5edfa44f-0cc4438344b48ef127ab1931'],
      },
    ],
  },
  {
    name: 'no connection is left',
    class: 'connection-pressure',
    apply: (it) =>
      Object.assign(it, {
        errorRate: 0.2,
        medianMs: it.medianMs * 2,
        errorText: 'error: remaining connection slots are reserved',
      }),
  },
  {
    name: 'environments are replaced all the time',
    class: 'cold-starts',
    apply: (it) => Object.assign(it, { coldShare: 0.4 }),
  },
  {
    name: 'the consumer falls behind',
    class: 'iterator-age',
    behaviour: { iteratorAgeMs: 900 },
    apply: (it, since) => Object.assign(it, { iteratorAgeMs: 90_000 + 60_000 * since }),
  },
  {
    name: 'eight times the traffic',
    class: 'traffic-spike',
    apply: (it) => Object.assign(it, { callsPerMinute: it.callsPerMinute * 8 }),
  },
  {
    name: 'no traffic',
    class: 'traffic-drop',
    apply: (it) => Object.assign(it, { callsPerMinute: 0 }),
    // Without figures of CloudWatch four silent minutes are wanted.
    within: 3,
  },
  {
    name: 'no traffic where it is little',
    class: 'traffic-drop',
    callsPerMinute: 6,
    behaviour: { coldShare: 0.05 },
    apply: (it) => Object.assign(it, { callsPerMinute: 0 }),
    within: 8,
  },
  { name: 'no telemetry', class: 'no-data', apply: (it) => Object.assign(it, { isMissing: true }) },
  {
    name: 'a version that fails',
    class: 'bad-deploy',
    apply: (it) => Object.assign(it, { newVersion: { version: '8', share: 1, errorRate: 0.2, slower: 1 } }),
  },
  {
    name: 'a version that fails, canary',
    class: 'bad-deploy',
    apply: (it) => Object.assign(it, { newVersion: { version: '8', share: 0.3, errorRate: 0.3, slower: 1 } }),
  },
  {
    name: 'a version that is slow',
    class: 'bad-deploy',
    apply: (it) => Object.assign(it, { newVersion: { version: '8', share: 1, errorRate: 0.002, slower: 3 } }),
  },
  {
    name: 'the tail nears the timeout',
    class: 'timeout-risk',
    behaviour: { timeoutMs: 2_500, medianMs: 300, spread: 0.3 },
    apply: (it) => Object.assign(it, { spread: 0.7 }),
    within: 8,
  },
  {
    name: 'memory jumps to the limit',
    class: 'out-of-memory-risk',
    apply: (it) => Object.assign(it, { memoryUsedMb: 485 }),
  },
  {
    name: 'memory leaks',
    class: 'memory-leak',
    apply: (it, since) => Object.assign(it, { memoryUsedMb: Math.min(470, 150 + 2 * since) }),
    within: 60,
  },
  {
    name: 'concurrency rises to its limit',
    class: 'throttling-ahead',
    concurrencyLimit: 30,
    callsPerMinute: 240,
    behaviour: { medianMs: 1_500, timeoutMs: 30_000 },
    apply: (it, since) => Object.assign(it, { callsPerMinute: it.callsPerMinute * Math.min(3, 1.2 + 0.2 * since) }),
    within: 14,
  },
  {
    name: 'four times the memory',
    class: 'cost-anomaly',
    callsPerMinute: 600,
    apply: (it) => Object.assign(it, { memorySizeMb: 2_048 }),
  },
  {
    name: 'an alarm of the owner',
    class: 'alarm',
    apply: () => undefined,
    facts: (onset) => [
      {
        kind: 'alarm',
        id: 'al1',
        at: onset,
        alarmName: 'booking-backlog',
        state: 'ALARM',
        reason: 'Threshold Crossed: 1 datapoint [412.0] was greater than the threshold (300.0)',
      },
    ],
  },
];
