import type {
  BreachPredicted,
  CapacityForecast,
  ForecastPublished,
  ForecastScores,
  ResourceForecast,
} from '@lamplighter/contracts';
import {
  costOutlook,
  type Gauge,
  type Limit,
  type LoadForecast,
  METRICS,
  type PredictionState,
  scoresOf,
  UNITS,
  type WatchedLimit,
  type WatchedLoad,
  watchedMonth,
} from '@lamplighter/prediction';
import type { Settings } from './limits-of.ts';
import { resourceOf, type Subject, subjectKey } from './subject.ts';

export type ForecastEvent = ReturnType<typeof ForecastPublished.parse>['data'];
export type BreachEvent = ReturnType<typeof BreachPredicted.parse>['data'];

/** What is kept to answer questions about a subject. */
export interface ForecastView extends ResourceForecast, Pick<Settings, 'architecture' | 'architectureSince'> {
  /** Of this month, as foreseen: what Lamplighter's own work depends on. */
  readonly watched: WatchedLoad;
  /** The CloudFormation stack that a function belongs to, where it is known. */
  readonly stack?: string;
  readonly scores: readonly ForecastScores[];
}

/** What is kept of a figure of a stream, a table, a cluster or an API. */
export interface CapacityView extends CapacityForecast {
  readonly scores: readonly ForecastScores[];
  /** CloudWatch's metrics that it is the sum of; absent for one. */
  readonly metrics?: number;
  /** What has the figure is there, or watched, no more. */
  readonly isGone?: true;
}

const STEP_MS = 300_000;

/** A forecast as the bus tells it. The id follows from what is forecast, of what, from when. `gauge` names what is not a load. */
export function forecastEventOf(subject: Subject, forecast: LoadForecast, gauge?: Gauge): ForecastEvent {
  const { origin, mean, lower, upper, forecaster, score } = forecast;
  const metric = gauge?.metric ?? forecast.metric;
  return {
    forecastId: `${metric}/${subjectKey(subject).replaceAll(':', '/')}/${origin}`,
    resource: resourceOf(subject),
    metric,
    unit: gauge?.unit ?? UNITS[forecast.metric],
    startsAt: origin,
    stepMs: STEP_MS,
    mean: mean.map(rounded),
    bands: [{ levelPct: 95, lower: lower.map(rounded), upper: upper.map(rounded) }],
    forecaster,
    ...(score !== undefined && { score }),
  };
}

/** Everything that is foreseen of a function or an account. */
export function forecastViewOf(
  subject: Subject,
  state: PredictionState,
  { settings, limits, now }: { settings: Settings; limits: readonly WatchedLimit[]; now: number },
): ForecastView {
  return {
    resource: resourceOf(subject),
    forecasts: state.forecasts.map((forecast) => forecastEventOf(subject, forecast)),
    cost: costOutlook(state.load, now),
    limits: limitsIn(state, limits),
    watched: watchedMonth(state.load, now),
    ...(settings.stack !== undefined && { stack: settings.stack }),
    ...(settings.architecture !== undefined && { architecture: settings.architecture }),
    ...(settings.architectureSince !== undefined && { architectureSince: settings.architectureSince }),
    scores: METRICS.map((metric) => ({ ...scoresIn(state, metric), resource: resourceOf(subject), metric })),
  };
}

/** Everything that is foreseen of one figure of a capacity. */
export function capacityViewOf(subject: Subject, state: PredictionState, gauge: Gauge): CapacityView {
  const resource = resourceOf(subject);
  return {
    resource,
    forecasts: state.forecasts.map((forecast) => forecastEventOf(subject, forecast, gauge)),
    limits: limitsIn(state, [gauge.limit]),
    scores: [{ ...scoresIn(state, 'concurrency'), resource, metric: gauge.metric }],
    ...(gauge.source.dimensions.length > 1 && { metrics: gauge.source.dimensions.length }),
  };
}

/** What is left of a figure when what has it is gone. */
export const goneView = (subject: Subject): CapacityView => ({
  resource: resourceOf(subject),
  forecasts: [],
  limits: [],
  scores: [],
  isGone: true,
});

/** The figures of one resource together. */
export function capacityOf(views: readonly CapacityView[]): CapacityForecast[] {
  const key = ({ resource: { accountId, region, type, name } }: CapacityView): string =>
    [accountId, region, type, name].join('/');
  return [...Map.groupBy(views, key).values()].map((its) => ({
    resource: its[0]!.resource,
    forecasts: its.flatMap(({ forecasts }) => forecasts),
    limits: its.flatMap(({ limits }) => limits),
  }));
}

function limitsIn({ outlooks }: PredictionState, limits: readonly Limit[]): ResourceForecast['limits'] {
  return limits.flatMap(({ kind, name, value, unit }) => {
    const outlook = outlooks[kind];
    if (outlook === undefined) return [];
    const { used, probability, horizonMs, expectedAt, at } = outlook;
    const known = { kind, name, value, unit, used, probability, horizonMs, at };
    return [{ ...known, ...(expectedAt !== undefined && { expectedAt }) }];
  });
}

function scoresIn({ records }: PredictionState, metric: LoadForecast['metric']) {
  const { recent, days, ways } = scoresOf(records[metric]);
  return { ...(recent !== undefined && { recent }), days: [...days], ways: [...ways] };
}

const rounded = (value: number): number => Number(value.toPrecision(6));
