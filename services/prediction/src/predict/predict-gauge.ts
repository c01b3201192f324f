import { BreachPredicted, ForecastPublished } from '@lamplighter/contracts';
import {
  breachEventOf,
  type Capacity,
  type Gauge,
  MINUTE_MS,
  newPredictionState,
  type PredictionState,
  predictGauge,
} from '@lamplighter/prediction';
import { capacityViewOf, forecastEventOf } from '../domain/forecast-view.ts';
import { resourceOf, type Subject } from '../domain/subject.ts';
import type { MeasurementPort } from '../ports.ts';
import { type Foreseen, type StoreDeps, storeAndTell } from './store-and-tell.ts';

export interface GaugeDeps extends StoreDeps {
  readonly measurements: MeasurementPort;
}

/** So far back a gauge is read when it is first seen: CloudWatch bills the metric, not its points. */
const FIRST_LOOK_MS = 3 * 86_400_000;
/** CloudWatch has a minute's figures a minute or two later. */
const LATE_MINUTES = 2;
/** Figures of a minute grow for a while after it was first there: the newest ones are read again. */
const AGAIN_MS = 10 * MINUTE_MS;
/** What is far from its limit is looked at less often: every metric that is asked for costs. */
const NEAR_USE = 0.3;
const NEAR_PROBABILITY = 0.05;
const SELDOM_MS = 14 * MINUTE_MS;

/** Reads what a gauge showed since it was last looked at, forecasts it, and tells when its limit comes near. */
export function predictOneGauge(
  subject: Subject,
  { gauge, capacity }: { readonly gauge: Gauge; readonly capacity: Capacity },
  deps: GaugeDeps,
): Promise<void> {
  return storeAndTell(
    subject,
    async (stored, now): Promise<Foreseen> => {
      const before = stored?.state ?? newPredictionState();
      const rest = { settings: {}, settingsAt: now };
      const range = rangeToRead(before, gauge, now);
      if (range === undefined) return { next: { ...rest, state: before }, entries: [], rows: {} };
      const points = await deps.measurements(gauge.source, range);
      const { state, forecasts, changes } = predictGauge(before, points, { now, gauge, capacity });
      const told = forecasts.map((forecast) => forecastEventOf(subject, forecast, gauge));
      const breaches = changes.map((change) => breachEventOf(resourceOf(subject), change));
      return {
        next: { ...rest, state },
        rows: { breaches, capacity: capacityViewOf(subject, state, gauge) },
        entries: [
          ...told.map((event) => ForecastPublished.entry(event, event.forecastId)),
          ...breaches.map((event) => BreachPredicted.entry(event, `${event.breachId}/${event.revision}`)),
        ],
      };
    },
    deps,
  );
}

/** Whole minutes that are not known yet, and the newest that are; nothing where it is too early to look. */
function rangeToRead({ load, outlooks }: PredictionState, { limit }: Gauge, now: number) {
  const until = (Math.floor(now / MINUTE_MS) - LATE_MINUTES) * MINUTE_MS;
  const from = Math.max(load.newest === undefined ? 0 : load.newest + MINUTE_MS, until - FIRST_LOOK_MS);
  const outlook = outlooks[limit.kind];
  const isNear = outlook === undefined || outlook.used >= NEAR_USE || outlook.probability >= NEAR_PROBABILITY;
  const isDue = isNear || until - from >= SELDOM_MS - LATE_MINUTES * MINUTE_MS;
  return isDue && until > from ? { from: Math.max(from - AGAIN_MS, until - FIRST_LOOK_MS), until } : undefined;
}
