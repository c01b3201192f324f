import { advanceBreach, type BreachChange, type BreachLife, type Look, NO_BREACH } from './breach/breach-life.ts';
import { hitProbabilities } from './breach/hit-probability.ts';
import type { Limit } from './breach/limit.ts';
import { NOTICE_MS, outlookOf } from './breach/outlook.ts';
import type { Capacity } from './capacity/capacity.ts';
import { fillingLook, type StoredSample } from './capacity/filling-look.ts';
import { budgetLook } from './cost/budget-look.ts';
import { costOutlook } from './cost/cost-outlook.ts';
import { type Blend, blend, type WeightedPath, weigh } from './forecast/blend.ts';
import { candidatePaths, type SeriesView } from './forecast/candidates.ts';
import { growthPath } from './forecast/growth.ts';
import type { Path } from './forecast/path.ts';
import {
  type ForecastScore,
  NO_RECORD,
  notePending,
  scoreDue,
  scoreOf,
  type TrackRecord,
} from './forecast/track-record.ts';
import { type LoadState, newLoadState } from './load/load-state.ts';
import { MINUTE_MS } from './load/minute-load.ts';
import { fivesOf, minutesOf } from './load/read-load.ts';
import { FIVE_MS, type Step } from './load/settle.ts';
import { type NewMinute, takeMinutes } from './load/take-minutes.ts';
import { advanceSurges, type SurgeRecorder } from './surges/surge-recorder.ts';

/** What is forecast of a function. */
export const METRICS = ['concurrency', 'invocations', 'duration'] as const;
export type Metric = (typeof METRICS)[number];
/** The unit of each metric, in words. */
export const UNITS: Readonly<Record<Metric, string>> = {
  concurrency: 'environments',
  invocations: 'calls',
  duration: 'milliseconds',
};

/** A forecast of the coming hour by five minutes. */
export interface LoadForecast extends Blend {
  readonly metric: Metric;
  /** Start of the first step. */
  readonly origin: number;
  readonly score?: ForecastScore;
}

/** What is known and foreseen of a load (a function's or an account's). Plain JSON of bounded size. */
export interface PredictionState {
  readonly version: 1;
  readonly load: LoadState;
  readonly records: Readonly<Record<Metric, TrackRecord>>;
  /** The newest forecast of each metric, and what the ensemble said for it. */
  readonly forecasts: readonly LoadForecast[];
  readonly fitted?: Path;
  /** By the limit's kind. */
  readonly breaches: Readonly<Record<string, BreachLife>>;
  /** How far each limit is, by its kind, at the newest minute. */
  readonly outlooks: Readonly<Record<string, Look>>;
}

/** The state before the first window. */
export const newPredictionState = (): PredictionState => ({
  version: 1,
  load: newLoadState(),
  records: { concurrency: NO_RECORD, invocations: NO_RECORD, duration: NO_RECORD },
  forecasts: [],
  breaches: {},
  outlooks: {},
});

/** A limit that concerns this load, and what of it is looked at. */
export interface WatchedLimit extends Limit {
  readonly of: 'concurrency' | 'max-duration' | 'month-cost' | 'stored';
  /** Of `stored`: what was stored when, oldest first. */
  readonly samples?: readonly StoredSample[];
  /** What has the limit, where that decides what helps. */
  readonly capacity?: Capacity;
}

export interface PredictOptions {
  readonly now: number;
  readonly limits: readonly WatchedLimit[];
  /** All where absent. */
  readonly metrics?: readonly Metric[];
  /** How long before it is hit a limit is told at the latest, as far as the time is known; 28 minutes where absent. */
  readonly noticeMs?: number;
}

/** What became of a predicted breach, with the limit and the forecast behind it. */
export interface LimitChange extends BreachChange {
  readonly limit: WatchedLimit;
  readonly look: Look;
  readonly weighted: readonly WeightedPath[];
}

/** What a look ahead came to: the state to keep, and what to publish. */
export interface Prediction {
  readonly state: PredictionState;
  /** New ones; none where the five minutes are not over. */
  readonly forecasts: readonly LoadForecast[];
  readonly changes: readonly LimitChange[];
}

/**
 * Takes minutes of a load in, scores the forecasts whose time is over, forecasts anew when five minutes are over, and looks how far the limits are. Minutes
 * that were there before change nothing.
 */
export function predictLoad(
  before: PredictionState,
  news: readonly NewMinute[],
  { metrics = METRICS, ...options }: PredictOptions,
): Prediction {
  const load = takeMinutes(before.load, news, options.now);
  const isNewer = load.newest !== undefined && load.newest > (before.load.newest ?? 0);
  if (!isNewer) return { state: load === before.load ? before : { ...before, load }, forecasts: [], changes: [] };
  const forecasted = forecastAnew({ ...before, load }, metrics);
  return lookAtLimits(forecasted, options);
}

/** Everything about a load that forecasts look at, up to its newest minute. */
export function viewsOf(load: LoadState): Readonly<Record<Metric, SeriesView>> {
  const newest = load.newest ?? 0;
  const origin = Math.floor((newest + MINUTE_MS) / FIVE_MS) * FIVE_MS;
  const live = minutesOf(load);
  const fives = fivesOf(load).steps;
  const surges = live.steps.reduce(
    (recorder: SurgeRecorder, { peak }, at) => advanceSurges(recorder, live.start + at * MINUTE_MS, peak),
    load.surges,
  );
  const place = { origin, newest };
  return {
    concurrency: {
      ...place,
      surges,
      fives: fives.map(({ peak }) => peak),
      minutes: live.steps.map(({ peak }) => peak),
    },
    invocations: { ...place, fives: fives.map(({ calls }) => calls) },
    duration: { ...place, fives: fives.map(meanDuration) },
  };
}

const meanDuration = ({ calls, busyMs }: Step): number | null => (calls > 0 ? busyMs / calls : null);

interface Forecasted {
  readonly state: PredictionState;
  readonly forecasts: readonly LoadForecast[];
}

function forecastAnew(state: PredictionState, metrics: readonly Metric[]): Forecasted {
  const views = viewsOf(state.load);
  const { origin } = views.concurrency;
  const last = state.forecasts[0]?.origin ?? 0;
  if (origin <= last || views.concurrency.fives.length === 0) return { state, forecasts: [] };
  const records: Record<Metric, TrackRecord> = { ...state.records };
  let fitted: Path | undefined;
  const forecasts: LoadForecast[] = [];
  let concurrency: readonly Path[] = [];
  for (const metric of metrics) {
    const view = views[metric];
    if (view.fives.every((value) => value === null)) continue;
    const scored = scoreDue(records[metric], truthOf(state.load, metric));
    const paths = [...candidatePaths(view), ...borrowed(metric, concurrency, views)];
    if (metric === 'concurrency') {
      concurrency = paths;
      fitted = paths.find(({ name }) => name === 'ensemble');
    }
    const blended = blend(weigh(paths, scored), scored.widening);
    const score = scoreOf(scored);
    forecasts.push({ metric, origin, ...blended, ...(score !== undefined && { score }) });
    records[metric] = notePending(scored, paths, { origin, ...blended });
  }
  return { state: { ...state, records, forecasts, ...(fitted !== undefined && { fitted }) }, forecasts };
}

/** A surge of environments is one of calls, in the proportion of the last five minutes. */
function borrowed(metric: Metric, concurrency: readonly Path[], views: Readonly<Record<Metric, SeriesView>>): Path[] {
  if (metric !== 'invocations') return [];
  const [calls, peak] = [views.invocations.fives.at(-1) ?? 0, views.concurrency.fives.at(-1) ?? 0];
  if (!(peak > 0)) return [];
  const scaled = (values: readonly number[]): number[] => values.map((value) => (value * calls) / peak);
  return concurrency
    .filter(({ name }) => name === 'analogue' || name === 'recurrence')
    .map((path) => ({ ...path, mean: scaled(path.mean), sd: scaled(path.sd) }));
}

function truthOf(load: LoadState, metric: Metric): (start: number) => number | null | undefined {
  const { start, steps } = fivesOf(load);
  return (time) => {
    const at = (time - start) / FIVE_MS;
    if (at >= steps.length) return undefined;
    const step = steps[at];
    if (step === undefined) return null;
    return metric === 'concurrency' ? step.peak : metric === 'invocations' ? step.calls : meanDuration(step);
  };
}

function lookAtLimits({ state, forecasts }: Forecasted, options: Omit<PredictOptions, 'metrics'>): Prediction {
  const breaches: Record<string, BreachLife> = { ...state.breaches };
  const outlooks: Record<string, Look> = {};
  const changes: LimitChange[] = [];
  for (const limit of options.limits) {
    // A month's cost is forecast by the hour: a new look with each new forecast is enough.
    const isOld = limit.of === 'month-cost' && forecasts.length === 0;
    const seen = isOld ? undefined : lookAt(limit, state, options);
    if (seen === undefined) {
      const known = state.outlooks[limit.kind];
      if (known !== undefined) outlooks[limit.kind] = known;
      continue;
    }
    const before = breaches[limit.kind] ?? NO_BREACH;
    outlooks[limit.kind] = seen.look;
    const { life, change } = advanceBreach(before, seen.look);
    // A call that timed out without a warning is a finding, not a forecast.
    if (limit.of === 'max-duration' && change?.change === 'happened' && change.revision === 0) continue;
    breaches[limit.kind] = life;
    if (change !== undefined) changes.push({ ...change, limit, ...seen });
  }
  return { state: { ...state, breaches, outlooks }, forecasts, changes };
}

function lookAt(
  limit: WatchedLimit,
  state: PredictionState,
  { now, noticeMs = NOTICE_MS }: Pick<PredictOptions, 'now' | 'noticeMs'>,
): Seen | undefined {
  switch (limit.of) {
    case 'concurrency':
      return lookAtConcurrency(state, limit.value, noticeMs);
    case 'max-duration':
      return lookAtDuration(state, limit.value, noticeMs);
    case 'month-cost':
      return { look: budgetLook(costOutlook(state.load, now), limit.value), weighted: [] };
    case 'stored':
      return { look: fillingLook(limit.samples ?? [], limit.value), weighted: [] };
  }
}

/** Concurrency of the coming hour, from the newest minute rather than from the last five. */
export function lookAhead(state: PredictionState): Blend {
  const record = state.records.concurrency;
  return blend(weigh(candidatePaths(viewsOf(state.load).concurrency, state.fitted), record), record.widening);
}

interface Seen {
  readonly look: Look;
  readonly weighted: readonly WeightedPath[];
}

function lookAtConcurrency(state: PredictionState, limit: number, noticeMs: number): Seen | undefined {
  const view = viewsOf(state.load).concurrency;
  if (view.fives.length === 0) return undefined;
  const record = state.records.concurrency;
  const weighted = weigh(candidatePaths(view, state.fitted), record);
  const at = view.newest + MINUTE_MS;
  const outlook = outlookOf(hitProbabilities(weighted, limit, record.widening), {
    origin: view.origin,
    soonAt: at + noticeMs,
  });
  const used = (view.minutes?.at(-1) ?? 0) / limit;
  return { weighted, look: { ...outlook, at, used } };
}

/** The slowest call of each minute; minutes without calls are left out. */
function lookAtDuration({ load }: PredictionState, limit: number, noticeMs: number): Seen | undefined {
  const slowest = Object.entries(load.minutes)
    .filter(([, { load: minute }]) => minute.calls > 0)
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, { load: minute }]) => minute.maxDurationMs);
  const path = growthPath(slowest, 0);
  if (path === undefined) return undefined;
  const at = (load.newest ?? 0) + MINUTE_MS;
  const weighted = [{ path, weight: 1 }];
  const outlook = outlookOf(hitProbabilities(weighted, limit, 1), { origin: at, soonAt: at + noticeMs });
  return { weighted, look: { ...outlook, at, used: (slowest.at(-1) ?? 0) / limit } };
}
