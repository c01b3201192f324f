import { gzipSync } from 'node:zlib';
import { DDSketch } from '@datadog/sketches-js';
import type { AssessedWindow, WindowFigures } from '../windows/window-input.ts';
import { type Random, seededRandom } from './random.ts';

/** How a function behaves in a minute; faults change it. */
export interface Behaviour {
  callsPerMinute: number;
  /** Median and spread (sigma of the logarithm) of the durations. */
  medianMs: number;
  spread: number;
  errorRate: number;
  errorText: string;
  timeoutRate: number;
  timeoutMs: number;
  outOfMemoryRate: number;
  initErrorRate: number;
  coldShare: number;
  initMs: number;
  memorySizeMb: number;
  memoryUsedMb: number;
  throttleRate: number;
  iteratorAgeMs: number | undefined;
  recursionsDropped: number;
  version: string;
  /** Share of the calls that a second version has, and how it differs. */
  newVersion: { version: string; share: number; errorRate: number; slower: number } | undefined;
  /** Environments are busy all the time: a chain of calls. */
  isChain: boolean;
  isMissing: boolean;
}

export interface Traffic {
  readonly callsPerMinute: number;
  /** Of the mean: how far day and night, and weekend, stray from it. */
  readonly dailyAmplitude: number;
  readonly weekendFactor: number;
  /** Sigma of the logarithm of a minute's rate. */
  readonly noise: number;
  /** Now and then three minutes of this many times the traffic. */
  readonly burstFactor: number;
}

export interface Simulation {
  readonly seed: number;
  readonly start: number;
  readonly minutes: number;
  readonly traffic: Traffic;
  readonly behaviour?: Partial<Behaviour>;
  /** Changes the behaviour of a minute in place. */
  readonly fault?: (behaviour: Behaviour, minute: number, random: Random) => void;
}

export const USUAL: Omit<Behaviour, 'callsPerMinute'> = {
  medianMs: 120,
  spread: 0.45,
  errorRate: 0.002,
  errorText: 'ValidationError: field # is missing',
  timeoutRate: 0,
  timeoutMs: 6_000,
  outOfMemoryRate: 0,
  initErrorRate: 0,
  coldShare: 0.006,
  initMs: 350,
  memorySizeMb: 512,
  memoryUsedMb: 150,
  throttleRate: 0,
  iteratorAgeMs: undefined,
  recursionsDropped: 0,
  version: '7',
  newVersion: undefined,
  isChain: false,
  isMissing: false,
};

export const FUNCTION_NAME = 'reservation-mobile-api';
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const USD_PER_GB_SECOND = 0.0000166667;
const DRAWN = 150;

/** Windows of a function that is as it is, minute by minute: the same seed gives the same windows. */
export function* simulateFunction(simulation: Simulation): Generator<AssessedWindow> {
  const random = seededRandom(simulation.seed);
  let burstLeft = 0;
  for (let minute = 0; minute < simulation.minutes; minute++) {
    const start = simulation.start + minute * MINUTE_MS;
    const { traffic } = simulation;
    if (traffic.burstFactor > 1 && burstLeft === 0 && random.next() < 1 / 240) burstLeft = 3;
    const burst = burstLeft > 0 ? traffic.burstFactor : 1;
    burstLeft = Math.max(0, burstLeft - 1);
    const rate = rateAt(traffic, start) * burst * Math.exp(traffic.noise * random.normal() - traffic.noise ** 2 / 2);
    const behaviour: Behaviour = { ...USUAL, ...simulation.behaviour, callsPerMinute: rate };
    simulation.fault?.(behaviour, minute, random);
    if (behaviour.isMissing) yield { revision: 0, missing: { start } };
    else yield { revision: 0, figures: figuresOf(behaviour, start, random) };
  }
}

function rateAt({ callsPerMinute, dailyAmplitude, weekendFactor }: Traffic, at: number): number {
  const day = Math.floor(at / DAY_MS + 4) % 7;
  const season = 1 + dailyAmplitude * Math.sin((2 * Math.PI * (at % DAY_MS)) / DAY_MS);
  return callsPerMinute * season * (day === 0 || day === 6 ? weekendFactor : 1);
}

function figuresOf(behaviour: Behaviour, start: number, random: Random): WindowFigures {
  const calls = random.poisson(behaviour.callsPerMinute);
  const newCalls = behaviour.newVersion === undefined ? 0 : Math.round(calls * behaviour.newVersion.share);
  const old = callsOf(behaviour, calls - newCalls, 1, behaviour.errorRate, random);
  const fresh = callsOf(
    behaviour,
    newCalls,
    behaviour.newVersion?.slower ?? 1,
    behaviour.newVersion?.errorRate ?? 0,
    random,
  );
  const all = [...old.durations, ...fresh.durations];
  const sum = old.sumMs + fresh.sumMs;
  const cold = Math.min(calls, random.poisson(calls * behaviour.coldShare));
  const busy = sum / MINUTE_MS;
  const billedMs = sum + cold * behaviour.initMs;
  const errors = old.errors + fresh.errors;
  const durationSketch = sketchOf(all);
  const version = (name: string, part: Calls) => ({
    version: name,
    invocations: part.calls,
    failures: part.errors + part.timeouts + part.outOfMemory + part.initErrors,
    coldStarts: 0,
    durationMs: { sum: part.sumMs, max: part.maxMs },
    durationSketch: part.calls === calls ? durationSketch : sketchOf(part.durations),
  });
  return {
    functionName: FUNCTION_NAME,
    start,
    invocations: calls,
    errors,
    timeouts: old.timeouts + fresh.timeouts,
    outOfMemory: old.outOfMemory + fresh.outOfMemory,
    initErrors: old.initErrors + fresh.initErrors,
    unknown: 0,
    coldStarts: cold,
    durationMs: { sum, max: Math.max(old.maxMs, fresh.maxMs) },
    initDurationMs: { sum: cold * behaviour.initMs, max: behaviour.initMs },
    billedDurationMs: billedMs,
    maxMemoryUsedMb: calls === 0 ? 0 : Math.round(behaviour.memoryUsedMb * (1 + 0.02 * random.next())),
    memorySizeMb: calls === 0 ? 0 : behaviour.memorySizeMb,
    costUsd: (calls * 0.2) / 1e6 + ((billedMs / 1000) * behaviour.memorySizeMb * USD_PER_GB_SECOND) / 1024,
    durationSketch,
    byVersion: [
      version(behaviour.version, old),
      ...(behaviour.newVersion === undefined ? [] : [version(behaviour.newVersion.version, fresh)]),
    ],
    errorTypes:
      errors === 0
        ? []
        : [
            {
              fingerprint: `fp-${behaviour.errorText.length}`,
              template: behaviour.errorText,
              count: errors,
              exampleRequestId: requestId(start),
            },
          ],
    exampleRequestIds: { slowest: calls === 0 ? [] : [requestId(start + 1)], timeouts: [], outOfMemory: [] },
    maxConcurrency: behaviour.isChain
      ? Math.max(1, Math.floor(busy))
      : Math.ceil(busy + 2 * Math.sqrt(busy) + (calls > 0 ? 1 : 0)),
    timeoutMs: behaviour.timeoutMs,
    throttles: random.poisson(calls * behaviour.throttleRate),
    ...(behaviour.iteratorAgeMs === undefined
      ? {}
      : { iteratorAgeMs: behaviour.iteratorAgeMs * (0.8 + 0.4 * random.next()) }),
    recursiveInvocationsDropped: behaviour.recursionsDropped,
  };
}

interface Calls {
  readonly calls: number;
  readonly errors: number;
  readonly timeouts: number;
  readonly outOfMemory: number;
  readonly initErrors: number;
  readonly durations: readonly (readonly [ms: number, weight: number])[];
  readonly sumMs: number;
  readonly maxMs: number;
}

function callsOf(behaviour: Behaviour, calls: number, slower: number, errorRate: number, random: Random): Calls {
  const share = (rate: number, most: number): number =>
    Math.min(most, rate >= 0.3 ? binomial(most, rate, random) : random.poisson(calls * rate));
  const timeouts = share(behaviour.timeoutRate, calls);
  const outOfMemory = share(behaviour.outOfMemoryRate, calls - timeouts);
  const initErrors = share(behaviour.initErrorRate, calls - timeouts - outOfMemory);
  const errors = share(errorRate, calls - timeouts - outOfMemory - initErrors);
  const drawn = Math.min(DRAWN, calls);
  const weight = drawn === 0 ? 0 : calls / drawn;
  const durations: [number, number][] = [];
  for (let index = 0; index < drawn; index++) {
    const isTimeout = index < timeouts / weight;
    const ms = behaviour.medianMs * slower * Math.exp(behaviour.spread * random.normal());
    durations.push([isTimeout ? behaviour.timeoutMs : Math.min(behaviour.timeoutMs * 0.99, ms), weight]);
  }
  const sumMs = durations.reduce((sum, [ms, each]) => sum + ms * each, 0);
  const maxMs = durations.reduce((most, [ms]) => Math.max(most, ms), 0);
  return { calls, errors, timeouts, outOfMemory, initErrors, durations, sumMs, maxMs };
}

function binomial(trials: number, rate: number, random: Random): number {
  let events = 0;
  for (let trial = 0; trial < Math.min(trials, 2_000); trial++) if (random.next() < rate) events++;
  return trials > 2_000 ? Math.round((events / 2_000) * trials) : events;
}

export function sketchOf(durations: readonly (readonly [ms: number, weight: number])[]): string {
  const sketch = new DDSketch({ relativeAccuracy: 0.01 });
  for (const [ms, weight] of durations) sketch.accept(ms, weight);
  return gzipSync(sketch.toProto(), { level: 1 }).toString('base64');
}

const requestId = (seed: number): string => `00000000-0000-4000-8000-${String(seed).padStart(12, '0').slice(-12)}`;
