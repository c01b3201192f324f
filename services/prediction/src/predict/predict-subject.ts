import { BreachPredicted, ForecastPublished } from '@lamplighter/contracts';
import {
  breachEventOf,
  type NewMinute,
  type Prediction,
  predictLoad,
  pricedFor,
  type WatchedLimit,
} from '@lamplighter/prediction';
import { forecastEventOf, forecastViewOf } from '../domain/forecast-view.ts';
import { limitsOf, type Settings } from '../domain/limits-of.ts';
import { resourceOf, type Subject } from '../domain/subject.ts';
import type { LambdaPorts, PredictionRows, StoredPrediction } from '../ports.ts';
import { newAdvice } from './advise-provisioning.ts';
import { type Known, withSettings } from './read-settings.ts';
import { type Foreseen, type StoreDeps, storeAndTell } from './store-and-tell.ts';

export interface PredictDeps extends StoreDeps {
  readonly lambda: LambdaPorts;
  /** USD, of all functions of an account in a Region together; none where absent. */
  readonly monthlyBudgetUsd?: number;
}

/**
 * Minutes of a function or an account into its forecasts, breaches and costs. `minutesFor` is asked after the subject was read.
 * @throws LamplighterError `PREDICTION_CONTENDED`
 */
export function predictSubject(
  subject: Subject,
  minutesFor: (stored: StoredPrediction | undefined) => Promise<readonly NewMinute[]>,
  deps: PredictDeps,
): Promise<void> {
  const ports = askedOnce(deps.lambda);
  return storeAndTell(
    subject,
    async (stored, now): Promise<Foreseen> => {
      const minutes = await minutesFor(stored);
      const known = await withSettings(subject, stored, { ports, now });
      const limits = limitsFor(subject, known, deps.monthlyBudgetUsd);
      // An account sums up what its functions were priced at.
      const priced = pricedFor(minutes, known.settings).map((minute) => asProvisioned(minute, known));
      const prediction = predictLoad(known.state, priced, { now, limits });
      const { entries, rows } = whatToTell(subject, prediction, { settings: known.settings, limits, now });
      const next = { ...known, state: prediction.state };
      const isHourOver = next.state.load.settledUntil !== known.state.load.settledUntil;
      const advised = isHourOver ? await newAdvice(subject, next, { alias: ports.alias, now }) : undefined;
      if (advised === undefined) return { next, entries, rows };
      return { next: { ...next, advice: advised.told }, entries: [...entries, advised.entry], rows };
    },
    deps,
  );
}

/** Who meets another writer and begins anew has his answers already. */
function askedOnce({ settings, provisioned, alias }: LambdaPorts): LambdaPorts {
  const once = <Answer>(ask: (subject: Subject) => Promise<Answer>): ((subject: Subject) => Promise<Answer>) => {
    let answer: Promise<Answer> | undefined;
    return (subject) => (answer ??= ask(subject));
  };
  return { settings: once(settings), provisioned: once(provisioned), alias: once(alias) };
}

/** What is warm while environments are kept ready does not tell how a function fares without. */
const asProvisioned = (minute: NewMinute, { settings: { provisionedConcurrency = 0 } }: Known): NewMinute =>
  provisionedConcurrency > 0 ? { ...minute, load: { ...minute.load, isProvisioned: true } } : minute;

function limitsFor(subject: Subject, { settings, codeSamples }: Known, monthlyBudgetUsd: number | undefined) {
  const isAccount = subject.functionName === undefined;
  return limitsOf(settings, {
    ...(codeSamples !== undefined && { codeSamples }),
    ...(isAccount && monthlyBudgetUsd !== undefined && { monthlyBudgetUsd }),
  });
}

interface Context {
  readonly settings: Settings;
  readonly limits: readonly WatchedLimit[];
  readonly now: number;
}

function whatToTell(subject: Subject, { state, forecasts, changes }: Prediction, context: Context) {
  const breaches = changes.map((change) => breachEventOf(resourceOf(subject), change));
  const told = forecasts.map((forecast) => forecastEventOf(subject, forecast));
  const isNews = told.length > 0 || breaches.length > 0;
  const rows: PredictionRows = { breaches, ...(isNews && { view: forecastViewOf(subject, state, context) }) };
  const entries = [
    ...told.map((event) => ForecastPublished.entry(event, event.forecastId)),
    ...breaches.map((event) => BreachPredicted.entry(event, `${event.breachId}/${event.revision}`)),
  ];
  return { entries, rows };
}
