import { lookAtLimits } from './breach/look-at-limits.ts';
import type { LimitChange, WatchedLimit } from './breach/watched-limit.ts';
import { type Blend, blend, weigh } from './forecast/blend.ts';
import { candidatePaths, type SeriesView } from './forecast/candidates.ts';
import type { Path } from './forecast/path.ts';
import { notePending, scoreDue, scoreOf, type TrackRecord } from './forecast/track-record.ts';
import { meanDuration, viewsOf } from './forecast/views.ts';
import type { LoadState } from './load/load-state.ts';
import { fivesOf } from './load/read-load.ts';
import { FIVE_MS } from './load/settle.ts';
import { type NewMinute, takeMinutes } from './load/take-minutes.ts';
import { type LoadForecast, METRICS, type Metric, type PredictionState } from './prediction-state.ts';

export interface PredictOptions {
  readonly now: number;
  /** All that there are: what was told of another one is withdrawn. Where absent nothing is looked at, and what was told stays. */
  readonly limits?: readonly WatchedLimit[];
  /** All where absent. */
  readonly metrics?: readonly Metric[];
  /** How long before it is hit a limit is told at the latest, as far as the time is known; 28 minutes where absent. */
  readonly noticeMs?: number;
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
  { metrics = METRICS, limits, ...options }: PredictOptions,
): Prediction {
  const load = takeMinutes(before.load, news, options.now);
  const isNewer = load.newest !== undefined && load.newest > (before.load.newest ?? 0);
  if (!isNewer) return { state: load === before.load ? before : { ...before, load }, forecasts: [], changes: [] };
  const { state, forecasts } = forecastAnew({ ...before, load }, metrics);
  if (limits === undefined) return { state, forecasts, changes: [] };
  return { forecasts, ...lookAtLimits(state, limits, { ...options, hasNewForecasts: forecasts.length > 0 }) };
}

function forecastAnew(state: PredictionState, metrics: readonly Metric[]): Omit<Prediction, 'changes'> {
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

/** Concurrency of the coming hour, from the newest minute rather than from the last five. */
export function lookAhead(state: PredictionState): Blend {
  const record = state.records.concurrency;
  return blend(weigh(candidatePaths(viewsOf(state.load).concurrency, state.fitted), record), record.widening);
}
