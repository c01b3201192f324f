import { BreachPredicted, ForecastPublished, ProvisioningAdvised } from '@lamplighter/contracts';
import {
  adviseProvisioning,
  breachEventOf,
  keepSample,
  type NewMinute,
  newPredictionState,
  type Prediction,
  predictLoad,
  pricedFor,
  type WatchedLimit,
} from '@lamplighter/prediction';
import { adviceEventOf, isNews } from '../domain/advice-event.ts';
import { forecastEventOf, forecastViewOf } from '../domain/forecast-view.ts';
import { limitsOf, type Settings } from '../domain/limits-of.ts';
import { resourceOf, type Subject } from '../domain/subject.ts';
import type { PredictionRows, SettingsPort, StoredPrediction } from '../ports.ts';
import { type Foreseen, type StoreDeps, storeAndTell } from './store-and-tell.ts';

export interface PredictDeps extends StoreDeps {
  readonly settings: SettingsPort;
  /** USD, of all functions of an account in a Region together; none where absent. */
  readonly monthlyBudgetUsd?: number;
}

/** Settings are read again after so long. */
const SETTINGS_FRESH_MS = 15 * 60_000;

/**
 * Minutes of a function or an account into its forecasts, breaches and costs. `minutesFor` is asked after the subject was read.
 * @throws LamplighterError `PREDICTION_CONTENDED`
 */
export function predictSubject(
  subject: Subject,
  minutesFor: (stored: StoredPrediction | undefined) => Promise<readonly NewMinute[]>,
  deps: PredictDeps,
): Promise<void> {
  return storeAndTell(
    subject,
    async (stored, now): Promise<Foreseen> => {
      const minutes = await minutesFor(stored);
      const known = await withSettings(subject, stored, { settings: deps.settings, now });
      const limits = limitsFor(subject, known, deps.monthlyBudgetUsd);
      // An account sums up what its functions were priced at.
      const priced = pricedFor(minutes, known.settings.architecture);
      const prediction = predictLoad(known.state, priced, { now, limits });
      const { entries, rows } = whatToTell(subject, prediction, { settings: known.settings, limits, now });
      const next = { ...known, state: prediction.state };
      const isHourOver = next.state.load.settledUntil !== known.state.load.settledUntil;
      const advised = isHourOver ? adviceOf(subject, next, now) : undefined;
      if (advised === undefined) return { next, entries, rows };
      return { next: { ...next, advice: advised.told }, entries: [...entries, advised.entry], rows };
    },
    deps,
  );
}

type Known = Omit<StoredPrediction, 'untold'>;

function limitsFor(subject: Subject, { settings, codeSamples }: Known, monthlyBudgetUsd: number | undefined) {
  const isAccount = subject.functionName === undefined;
  return limitsOf(settings, {
    ...(codeSamples !== undefined && { codeSamples }),
    ...(isAccount && monthlyBudgetUsd !== undefined && { monthlyBudgetUsd }),
  });
}

/** Once an hour it is looked whether environments of a function should be kept ready by the clock; nothing where that is no news. */
function adviceOf(subject: Subject, { state, settings, advice: before }: Known, now: number) {
  const { memoryMb, architecture } = settings;
  if (subject.functionName === undefined || memoryMb === undefined || architecture === undefined) return undefined;
  const advice = adviseProvisioning(state.load, { memoryMb, architecture });
  if (advice === undefined || !isNews(advice, before, now)) return undefined;
  const event = adviceEventOf(subject, advice, { settings, now });
  return {
    told: { advised: advice.advised, levels: advice.levels, at: now },
    entry: ProvisioningAdvised.entry(event, event.adviceId),
  };
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

async function withSettings(
  subject: Subject,
  stored: StoredPrediction | undefined,
  { settings, now }: { settings: SettingsPort; now: number },
): Promise<Known> {
  if (stored !== undefined && now - stored.settingsAt < SETTINGS_FRESH_MS) return stored;
  // Limits that cannot be read are not gone.
  const read = (await settings(subject)) ?? stored?.settings ?? {};
  const { codeSamples = [], state = newPredictionState() } = stored ?? {};
  const samples =
    read.codeBytes === undefined ? codeSamples : keepSample(codeSamples, { at: now, value: read.codeBytes });
  return { ...stored, state, settings: read, settingsAt: now, ...(samples.length > 0 && { codeSamples: samples }) };
}
