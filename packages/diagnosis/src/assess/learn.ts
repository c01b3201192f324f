import { pressedCalls } from '../findings/failures/pressure-words.ts';
import { countOf, fade, type Histogram, quantileOf, withoutSlowest } from '../statistics/histogram.ts';
import { significant } from '../statistics/significant.ts';
import { timeoutChance, usualChance } from '../statistics/timeout-chance.ts';
import { handledCalls, type Observation } from '../windows/observation.ts';
import type { Baseline, Share } from './baseline.ts';
import { learnLevels, NO_LEVELS } from './daily-levels.ts';
import { learnLoad } from './load.ts';
import type { Recent } from './recent.ts';
import { learnServed } from './served-version.ts';
import { tailEdge, tailStray, usualTail } from './slow-tail.ts';

/** What is going on while a window is learnt: what an incident distorts is learnt at a fiftieth, so that a lasting change becomes usual in days, not at once. */
export interface Disturbed {
  readonly failures: boolean;
  readonly durations: boolean;
  /** Durations, by more than that they are longer. */
  readonly pace?: boolean;
  readonly load: boolean;
  readonly memory: boolean;
}

const DAY = 1_440;
const HALF_DAY = 720;
const SLOW = 0.02;
const BUSY_MINUTE = 200;
const SAMPLE_MS = 300_000;
const MOST_SAMPLES = 24;
const POOLED_CALLS = 15;
const TAIL_WEIGHT = 1 / 240;
/** Four hours: learnt faster, the noise would grow with a drift, and what is asked of the drift with it. */
const NOISE_WEIGHT = 1 / 240;
/** How fast it is noticed that a function is faster: half an hour. */
const LEAD_WEIGHT = 1 / 30;
/** What is assumed of the noise of a function that nobody has seen yet weighs as much as so many minutes. */
const ASSUMED_MINUTES = 10;

interface Learning {
  /** This minute's calls included. */
  readonly recent: Recent;
  /** Without any call, before this minute. */
  readonly silentMinutes: number;
  readonly disturbed: Disturbed;
  /** Undefined where nobody told it. */
  readonly timeoutMs?: number | undefined;
}

/** The baseline after a window. O(bins). */
export function learn(
  baseline: Baseline,
  seen: Observation,
  { recent, silentMinutes, disturbed, timeoutMs }: Learning,
): Baseline {
  const weightOf = (isDisturbed: boolean): number => (isDisturbed ? SLOW : 1);
  const ofFailures = weightOf(disturbed.failures);
  const ofDurations = weightOf(disturbed.durations);
  const load = learnLoad(baseline.load, seen.start, seen.calls, silentMinutes, weightOf(disturbed.load));
  const iteratorAgeMs = smooth(
    baseline.iteratorAgeMs,
    seen.iteratorAgeMs ?? baseline.iteratorAgeMs,
    0.05 * ofDurations,
  );
  const throttled = forget(
    baseline.throttled,
    [seen.throttles ?? 0, seen.throttles === undefined ? 0 : seen.calls + seen.throttles],
    ofFailures,
  );
  if (seen.calls === 0) return { ...baseline, load, iteratorAgeMs, throttled };
  const share = (before: Share, events: number): Share => forget(before, [events, seen.calls], ofFailures);
  const { failures } = baseline;
  const { pressed, tooMany } = pressedCalls(seen);
  return {
    failures: {
      errors: share(failures.errors, seen.errors),
      timeouts: share(failures.timeouts, seen.timeouts),
      outOfMemory: share(failures.outOfMemory, seen.outOfMemory),
      initErrors: share(failures.initErrors, seen.initErrors),
    },
    pressed: share(baseline.pressed ?? [0, 0], pressed),
    tooMany: share(baseline.tooMany ?? [0, 0], tooMany),
    handled: share(baseline.handled ?? [0, 0], handledCalls(seen)),
    cold: forget(baseline.cold, [seen.coldStarts, seen.calls], weightOf(disturbed.failures || disturbed.load)),
    throttled,
    durations: learnDurations(baseline, seen, ofDurations),
    ...learnPace(baseline, seen, disturbed),
    ...learnNoise(baseline, recent, ofDurations),
    tailDispersion: learnTail(baseline, recent, ofDurations),
    ...learnTimeoutChance(baseline, recent, timeoutMs, ofDurations),
    load,
    initMs: seen.coldStarts > 0 ? first(baseline.initMs, seen.initMs, 0.1 * ofDurations) : baseline.initMs,
    ...learnMemory(baseline, seen, weightOf(disturbed.memory)),
    callUsd: first(baseline.callUsd, seen.costUsd / seen.calls, 0.02 * ofDurations),
    concurrency: first(
      baseline.concurrency,
      seen.maxConcurrency ?? baseline.concurrency,
      0.05 * weightOf(disturbed.load),
    ),
    iteratorAgeMs,
  };
}

function learnDurations(baseline: Baseline, seen: Observation, weight: number): Baseline['durations'] {
  return fade(
    baseline.durations,
    1 - weight / HALF_DAY,
    seen.histogram,
    weight * Math.min(1, BUSY_MINUTE / seen.calls),
  );
}

/** What the version that serves takes, and each hour of the day. Where nothing but that calls take longer is wrong, the hour is learnt: it may be like that each day. */
function learnPace(
  baseline: Baseline,
  seen: Observation,
  { durations, pace = durations }: Disturbed,
): Pick<Baseline, 'served' | 'levels'> {
  const { served: before, levels = NO_LEVELS } = baseline;
  const served = learnServed(baseline, seen, durations ? SLOW : 1);
  const medianMs = quantileOf(withoutSlowest(seen.histogram, seen.coldStarts), 0.5);
  const ofVersion =
    served?.version === before?.version ? levels : { ...levels, leads: [], hour: NO_LEVELS.hour, slot: NO_LEVELS.slot };
  const isKnown = medianMs !== undefined && !pace;
  return {
    ...(served === undefined ? {} : { served }),
    levels: isKnown
      ? learnLevels(ofVersion, { start: seen.start, medianMs, calls: seen.calls, isClean: !durations })
      : ofVersion,
  };
}

/**
 * How far the median of the last few calls is from the usual one, as a logarithm, beyond what so few calls stray by chance (slow-down.ts counts these); nothing is learnt where
 * there are too few to say. A function that has been faster for a while is measured from where it is now: half a day passes until that is usual, and until then the distance is no noise.
 */
function learnNoise({ durations, medianNoise, medianLead = 0, load }: Baseline, recent: Recent, weight: number) {
  const [usualMs, nowMs] = [quantileOf(durations, 0.5), quantileOf(recent.durations, 0.5)];
  if (countOf(recent.durations) < POOLED_CALLS || usualMs === undefined || nowMs === undefined)
    return { medianNoise, medianLead };
  const shift = Math.log(nowMs / usualMs);
  const scatter = (shift - Math.min(0, medianLead)) ** 2 - samplingVariance(durations, countOf(recent.durations));
  const pace = Math.max(NOISE_WEIGHT, 1 / (load.minutes + ASSUMED_MINUTES)) * weight;
  return {
    medianNoise: smooth(medianNoise, Math.min(2, Math.sqrt(Math.max(0, scatter))), pace),
    medianLead: smooth(medianLead, shift, LEAD_WEIGHT * weight),
  };
}

/** Of the logarithm of a median of so many calls: half of the distance between the quantiles that lie a deviation of the rank apart (David and Nagaraja, Order Statistics, 2003). */
function samplingVariance(usual: Histogram, calls: number): number {
  const deviation = 0.5 / Math.sqrt(calls);
  const [low, high] = [quantileOf(usual, 0.5 - deviation) ?? 1, quantileOf(usual, 0.5 + deviation) ?? 1];
  return (Math.log(high / low) / 2) ** 2;
}

function learnTail({ durations, tailDispersion = 1 }: Baseline, { slow = [] }: Recent, weight: number): number {
  const edge = tailEdge(durations);
  const minute = slow.at(-1);
  if (edge === undefined || minute === undefined) return tailDispersion;
  const stray = tailStray(minute, usualTail(durations, edge));
  return Math.max(1, smooth(tailDispersion, stray, TAIL_WEIGHT * weight));
}

/** From what the usual durations say of a timeout of which nothing was learnt: one minute, which may be a bad one, is not usual. */
function learnTimeoutChance(
  { timeoutChance: before, durations, load }: Baseline,
  { tail }: Recent,
  timeoutMs: number | undefined,
  weight: number,
): Pick<Baseline, 'timeoutChance'> {
  const now = timeoutMs === undefined ? undefined : timeoutChance(tail, durations, timeoutMs)?.probability;
  if (timeoutMs === undefined || now === undefined) return before === undefined ? {} : { timeoutChance: before };
  const usual = usualChance(before, durations, timeoutMs);
  if (usual === undefined) return {};
  const pace = Math.max(1 / HALF_DAY, 1 / (load.minutes + ASSUMED_MINUTES)) * weight;
  return { timeoutChance: [timeoutMs, smooth(usual, now, pace)] };
}

function learnMemory(baseline: Baseline, seen: Observation, weight: number) {
  if (seen.memoryUsedMb === 0) {
    const { memoryMb, memorySamplesMb, memorySlot } = baseline;
    return { memoryMb, memorySamplesMb, memorySlot };
  }
  const slot = Math.floor(seen.start / SAMPLE_MS) * SAMPLE_MS;
  const [running, maxMb] = baseline.memorySlot;
  const memoryMb = first(baseline.memoryMb, seen.memoryUsedMb, 0.05 * weight);
  if (slot === running)
    return {
      memoryMb,
      memorySamplesMb: baseline.memorySamplesMb,
      memorySlot: [slot, Math.max(maxMb, seen.memoryUsedMb)] as const,
    };
  const memorySamplesMb = running === 0 ? [] : [...baseline.memorySamplesMb, maxMb].slice(-MOST_SAMPLES);
  return { memoryMb, memorySamplesMb, memorySlot: [slot, seen.memoryUsedMb] as const };
}

/** Forgets by the window that has calls, about a day's worth. */
function forget([events, trials]: Share, [newEvents, newTrials]: Share, weight: number): Share {
  const keep = newTrials > 0 ? 1 - weight / DAY : 1;
  return [round(events * keep + newEvents * weight), round(trials * keep + newTrials * weight)];
}

const smooth = (before: number, value: number, weight: number): number => round(before + weight * (value - before));
const first = (before: number, value: number, weight: number): number =>
  before === 0 ? round(value) : smooth(before, value, weight);
const round = (value: number): number => significant(value, 5);
