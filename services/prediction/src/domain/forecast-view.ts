import type { BreachPredicted, ForecastPublished, ResourceForecast } from '@lamplighter/contracts';
import {
  costOutlook,
  type LoadForecast,
  type PredictionState,
  UNITS,
  type WatchedMonth,
  watchedMonth,
} from '@lamplighter/prediction';
import { limitsOf, type Settings } from './limits-of.ts';
import { resourceOf, type Subject, subjectKey } from './subject.ts';

export type ForecastEvent = ReturnType<typeof ForecastPublished.parse>['data'];
export type BreachEvent = ReturnType<typeof BreachPredicted.parse>['data'];

/** What is kept to answer questions about a subject. */
export interface ForecastView extends ResourceForecast {
  /** Of this month, as foreseen: what Lamplighter's own work depends on. */
  readonly watched: WatchedMonth;
}

const STEP_MS = 300_000;

/** A forecast as the bus tells it. The id follows from what is forecast, of what, from when. */
export function forecastEventOf(subject: Subject, forecast: LoadForecast): ForecastEvent {
  const { metric, origin, mean, lower, upper, forecaster, score } = forecast;
  return {
    forecastId: `${metric}/${subjectKey(subject).replaceAll(':', '/')}/${origin}`,
    resource: resourceOf(subject),
    metric,
    unit: UNITS[metric],
    startsAt: origin,
    stepMs: STEP_MS,
    mean: mean.map(rounded),
    bands: [{ levelPct: 95, lower: lower.map(rounded), upper: upper.map(rounded) }],
    forecaster,
    ...(score !== undefined && { score }),
  };
}

/** Everything that is foreseen of a subject. */
export function forecastViewOf(
  subject: Subject,
  state: PredictionState,
  { settings, now }: { settings: Settings; now: number },
): ForecastView {
  const cost = costOutlook(state.load, now);
  const limits = limitsOf(settings).flatMap(({ kind, name, value, unit }) => {
    const outlook = state.outlooks[kind];
    if (outlook === undefined) return [];
    const { used, probability, horizonMs, expectedAt, at } = outlook;
    return [
      { kind, name, value, unit, used, probability, horizonMs, at, ...(expectedAt !== undefined && { expectedAt }) },
    ];
  });
  return {
    resource: resourceOf(subject),
    forecasts: state.forecasts.map((forecast) => forecastEventOf(subject, forecast)),
    cost,
    limits,
    watched: watchedMonth(state.load, now),
  };
}

const rounded = (value: number): number => Number(value.toPrecision(6));
