import type { BreachLife, Look } from './breach/breach-life.ts';
import type { Blend } from './forecast/blend.ts';
import type { Path } from './forecast/path.ts';
import { type ForecastScore, NO_RECORD, type TrackRecord } from './forecast/track-record.ts';
import { type LoadState, newLoadState } from './load/load-state.ts';

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
