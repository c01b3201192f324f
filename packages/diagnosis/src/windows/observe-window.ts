import { errorText } from '@lamplighter/contracts/error-text';
import { histogramOf } from '../statistics/histogram.ts';
import { significant } from '../statistics/significant.ts';
import { visibleText } from '../templates/visible-text.ts';
import type { FingerprintObservation, MissingObservation, Observation, VersionObservation } from './observation.ts';
import { readSketch, type SketchBins } from './read-sketch.ts';
import type { AssessedWindow, WindowFigures } from './window-input.ts';

const MOST_VERSIONS = 3;
const MOST_FINGERPRINTS = 4;
const MOST_REQUESTS = 3;
const MINUTE_MS = 60_000;
/** The year 2200: no window is later. */
const LAST_TIME = 7_258_118_400_000;

/** Why a window is not assessed. */
export type WindowRefusal = 'not-a-time' | 'not-a-revision' | 'too-late' | 'from-the-future';

/** Cleans and shortens a window: what is no finite, non-negative figure is 0 or absent, a time that is none refuses the window. */
export function observeWindow(window: AssessedWindow): Observation | MissingObservation | WindowRefusal {
  const start = 'missing' in window ? window.missing.start : window.figures.start;
  if (!(Number.isFinite(start) && start >= 0 && start <= LAST_TIME)) return 'not-a-time';
  if (!(Number.isSafeInteger(window.revision) && window.revision >= 0 && window.revision < 1e6))
    return 'not-a-revision';
  const minute = Math.floor(start / MINUTE_MS) * MINUTE_MS;
  if ('missing' in window) return { start: minute, revision: window.revision, isMissing: true };
  return { start: minute, revision: window.revision, ...figuresOf(window.figures) };
}

function figuresOf(figures: WindowFigures): Omit<Observation, 'start' | 'revision'> {
  const calls = countIn(figures.invocations);
  const count = (value: number | undefined): number => Math.min(calls, countIn(value));
  const durationMaxMs = amountIn(figures.durationMs?.max);
  const bins = readSketch(figures.durationSketch ?? '') ?? [];
  const coldStarts = count(figures.coldStarts);
  return {
    calls,
    errors: count(figures.errors),
    timeouts: count(figures.timeouts),
    outOfMemory: count(figures.outOfMemory),
    initErrors: count(figures.initErrors),
    coldStarts,
    initMs: coldStarts > 0 ? short(amountIn(figures.initDurationMs?.sum) / coldStarts) : 0,
    ...optional('inits', coldStarts > 0 ? initsIn(figures.initDurationSketch) : undefined),
    durationSumMs: short(amountIn(figures.durationMs?.sum)),
    durationMaxMs: short(durationMaxMs),
    p50Ms: short(quantileIn(bins, 0.5, durationMaxMs)),
    p95Ms: short(quantileIn(bins, 0.95, durationMaxMs)),
    histogram: histogramOf(bins),
    memoryUsedMb: amountIn(figures.maxMemoryUsedMb),
    memorySizeMb: amountIn(figures.memorySizeMb),
    costUsd: short(amountIn(figures.costUsd)),
    slowest: requestIdsIn(figures.exampleRequestIds?.slowest),
    timedOut: requestIdsIn(figures.exampleRequestIds?.timeouts),
    outOfMemoryIds: requestIdsIn(figures.exampleRequestIds?.outOfMemory),
    ...optional('versions', versionsIn(figures.byVersion)),
    ...optional('fingerprints', fingerprintsIn(figures.errorTypes)),
    ...optional('handled', fingerprintsIn(figures.handledErrors)),
    ...optional('maxConcurrency', knownIn(figures.maxConcurrency)),
    ...optional('throttles', knownIn(figures.throttles)),
    ...optional('iteratorAgeMs', knownIn(figures.iteratorAgeMs)),
    ...optional('recursionsDropped', knownIn(figures.recursiveInvocationsDropped)),
    ...optional('timeoutMs', knownIn(figures.timeoutMs)),
  };
}

function initsIn(sketch: WindowFigures['initDurationSketch']): Observation['inits'] {
  const bins = readSketch(sketch ?? '') ?? [];
  return bins.length === 0 ? undefined : histogramOf(bins);
}

function versionsIn(byVersion: WindowFigures['byVersion']): VersionObservation[] | undefined {
  if (!Array.isArray(byVersion) || byVersion.length === 0) return undefined;
  return [...(byVersion as NonNullable<typeof byVersion>)]
    .sort((a, b) => b.invocations - a.invocations || (a.version < b.version ? -1 : 1))
    .slice(0, MOST_VERSIONS)
    .map((each) => ({
      version: visibleText(String(each.version), 32),
      calls: countIn(each.invocations),
      failures: Math.min(countIn(each.invocations), countIn(each.failures)),
      coldStarts: Math.min(countIn(each.invocations), countIn(each.coldStarts)),
      // A version alone took what the minute took: kept once.
      histogram: byVersion.length === 1 ? [] : histogramOf(readSketch(each.durationSketch) ?? []),
    }));
}

function fingerprintsIn(errorTypes: WindowFigures['errorTypes']): FingerprintObservation[] | undefined {
  if (!Array.isArray(errorTypes) || errorTypes.length === 0) return undefined;
  return [...(errorTypes as NonNullable<typeof errorTypes>)]
    .sort((a, b) => b.count - a.count || (a.fingerprint < b.fingerprint ? -1 : 1))
    .slice(0, MOST_FINGERPRINTS)
    .map((each) => ({
      id: visibleText(String(each.fingerprint), 40),
      count: countIn(each.count),
      text: visibleText(textOf(each), 120),
      requestIds: requestIdsIn([each.exampleRequestId]),
    }));
}

/** An error in one text. IAM names who asked before what was refused: the latter is what tells one refusal from another, and must not be cut off. */
function textOf({ errorType, template }: NonNullable<WindowFigures['errorTypes']>[number]): string {
  const text = errorText(errorType === undefined ? undefined : String(errorType), String(template));
  return text.replace(/User: \S{1,300} is not authorized/, 'not authorized');
}

/** Only ids that may stand in a command line as they are. */
function requestIdsIn(ids: readonly string[] | undefined): string[] {
  if (!Array.isArray(ids)) return [];
  return ids.filter((id) => typeof id === 'string' && /^[\w-]{1,64}$/.test(id)).slice(0, MOST_REQUESTS);
}

/** Within 1 %, as the sketch itself; without a sketch the longest duration is the only one known. */
function quantileIn(bins: SketchBins, quantile: number, fallbackMs: number): number {
  let left = quantile * bins.reduce((sum, [, count]) => sum + count, 0);
  for (const [valueMs, count] of bins) {
    left -= count;
    if (left <= 1e-9) return valueMs;
  }
  return bins.at(-1)?.[0] ?? fallbackMs;
}

const amountIn = (value: number | undefined): number =>
  typeof value === 'number' && value > 0 && value < 1e15 ? value : 0;
const countIn = (value: number | undefined): number => Math.min(1e12, Math.floor(amountIn(value)));
const knownIn = (value: number | undefined): number | undefined =>
  typeof value === 'number' && value >= 0 && value < 1e15 ? value : undefined;
/** Six digits are more than any figure here is good for. */
const short = (value: number): number => significant(value, 6);

function optional<K extends string, T>(key: K, value: T | undefined): { [P in K]?: T } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: T });
}
