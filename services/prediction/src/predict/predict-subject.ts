import { BreachPredicted, ForecastPublished } from '@lamplighter/contracts';
import { LamplighterError } from '@lamplighter/lambda-kit';
import {
  breachEventOf,
  type NewMinute,
  newPredictionState,
  type Prediction,
  predictLoad,
} from '@lamplighter/prediction';
import { sharedMinutes } from '../domain/account-minutes.ts';
import { forecastEventOf, forecastViewOf } from '../domain/forecast-view.ts';
import { limitsOf } from '../domain/limits-of.ts';
import { resourceOf, type Subject, subjectKey } from '../domain/subject.ts';
import type { PredictionPort, PredictionRows, PublishPort, SettingsPort, StoredPrediction } from '../ports.ts';

export interface PredictDeps {
  readonly predictions: PredictionPort;
  readonly settings: SettingsPort;
  readonly publish: PublishPort;
  readonly now: () => number;
}

const MAX_TRIES = 10;
/** Settings are read again after so long. */
const SETTINGS_FRESH_MS = 15 * 60_000;

/**
 * Minutes of a subject into its forecasts: take them in, forecast, store, tell, note that it was told. Who dies in between is followed by a repetition of the
 * same minutes, which changes nothing and tells what is still untold. `minutesFor` is asked after the subject was read. @throws LamplighterError `PREDICTION_CONTENDED`
 */
export async function predictSubject(
  subject: Subject,
  minutesFor: (stored: StoredPrediction | undefined) => Promise<readonly NewMinute[]>,
  deps: PredictDeps,
): Promise<void> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    if (await predictOnce(subject, minutesFor, deps)) return;
  }
  const message = `Others forecast ${subjectKey(subject)} ${MAX_TRIES} times in a row; the windows come again.`;
  throw new LamplighterError('PREDICTION_CONTENDED', message);
}

async function predictOnce(
  subject: Subject,
  minutesFor: (stored: StoredPrediction | undefined) => Promise<readonly NewMinute[]>,
  { predictions, settings, publish, now }: PredictDeps,
): Promise<boolean> {
  const at = now();
  const { stored, version } = await predictions.read(subject);
  const minutes = await minutesFor(stored);
  const known = await withSettings(subject, stored, { settings, at });
  const prediction = predictLoad(known.state, minutes, { now: at, limits: limitsOf(known.settings) });
  const { entries, rows } = whatToTell(subject, prediction, { known, at });
  const untold = [...known.untold, ...entries];
  if (prediction.state === stored?.state && untold.length === 0) return true;
  const next: StoredPrediction = { ...known, state: prediction.state, untold };
  const isSettledAnew = stored === undefined || next.state.load.settledUntil !== stored.state.load.settledUntil;
  if ((await predictions.write(subject, next, { version, rows, isSettledAnew, now: at })) === 'conflict') return false;
  if (untold.length === 0) return true;
  await publish(untold);
  // Whoever wrote since then has taken the untold over, and tells them once more: with the same keys.
  await predictions.write(
    subject,
    { ...next, untold: [] },
    { version: version + 1, rows: {}, isSettledAnew: false, now: at },
  );
  return true;
}

function whatToTell(
  subject: Subject,
  { state, forecasts, changes }: Prediction,
  { known, at }: { known: StoredPrediction; at: number },
) {
  const breaches = changes.map((change) => breachEventOf(resourceOf(subject), change));
  const told = forecasts.map((forecast) => forecastEventOf(subject, forecast));
  const isNews = told.length > 0 || breaches.length > 0;
  const { functionName } = subject;
  const isReserved = known.settings.reservedConcurrency !== undefined;
  const rows: PredictionRows = {
    breaches,
    ...(isNews && { view: forecastViewOf(subject, state, { settings: known.settings, now: at }) }),
    ...(functionName !== undefined && { minutes: sharedMinutes(functionName, isReserved, state) }),
  };
  const entries = [
    ...told.map((event) => ForecastPublished.entry(event, event.forecastId)),
    ...breaches.map((event) => BreachPredicted.entry(event, `${event.breachId}/${event.revision}`)),
  ];
  return { entries, rows };
}

async function withSettings(
  subject: Subject,
  stored: StoredPrediction | undefined,
  { settings, at }: { settings: SettingsPort; at: number },
): Promise<StoredPrediction> {
  if (stored !== undefined && at - stored.settingsAt < SETTINGS_FRESH_MS) return stored;
  const known = stored ?? { state: newPredictionState(), untold: [] };
  return { ...known, settings: await settings(subject), settingsAt: at };
}
