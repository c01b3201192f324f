import type { NewMinute, PredictionState } from '@lamplighter/prediction';
import type { StoredPrediction } from '../../ports.ts';
import { type FunctionMinutes, sharedMinutes } from '../account-minutes.ts';
import type { Subject } from '../subject.ts';

/** By the start of the minute, epoch milliseconds. */
export type Minutes = PredictionState['load']['minutes'];

/** What of a prediction changes with every minute: small enough to be written by itself. Of a function it is also what its account sums up. Plain JSON. */
export interface LivePart extends Omit<FunctionMinutes, 'functionName'> {
  readonly functionName?: string;
  readonly newest?: number;
  readonly unusable: number;
  readonly breaches: PredictionState['breaches'];
  readonly outlooks: PredictionState['outlooks'];
  readonly settings: StoredPrediction['settings'];
  readonly settingsAt: number;
  readonly untold: StoredPrediction['untold'];
}

/** The live part of a prediction over a snapshot that has these minutes. */
export function livePartOf(subject: Subject, stored: StoredPrediction, snapshot: Minutes | undefined): LivePart {
  const { functionName } = subject;
  const { state, settings, settingsAt, untold } = stored;
  const { newest, unusable, minutes } = state.load;
  return {
    ...(functionName === undefined
      ? { isReserved: false, minutes: newsOver(snapshot, minutes) }
      : sharedMinutes(functionName, settings, state)),
    ...(newest !== undefined && { newest }),
    unusable,
    breaches: state.breaches,
    outlooks: state.outlooks,
    settings,
    settingsAt,
    untold,
  };
}

/** Minutes that the snapshot does not have, or has as they were before a correction. */
export function newsOver(snapshot: Minutes | undefined, minutes: Minutes): NewMinute[] {
  return Object.entries(minutes)
    .filter(([start, { revision }]) => revision > (snapshot?.[start]?.revision ?? -1))
    .map(([start, known]) => ({ start: Number(start), ...known }));
}

/** The prediction whose snapshot and live part these are. */
export function joinLive(snapshot: StoredPrediction, live: LivePart): StoredPrediction {
  const { newest, unusable, breaches, outlooks, settings, settingsAt, untold } = live;
  const load = { ...withMinutes(snapshot, live), unusable, ...(newest !== undefined && { newest }) };
  return { ...snapshot, settings, settingsAt, untold, state: { ...snapshot.state, load, breaches, outlooks } };
}

/** A snapshot that an earlier release wrote over a live part that it does not know: only the minutes, and what is untold, are taken from there. */
export function joinStrayLive(snapshot: StoredPrediction, live: LivePart): StoredPrediction {
  const load = withMinutes(snapshot, live);
  const newest = Math.max(load.newest ?? 0, live.newest ?? 0);
  const untold = [...live.untold, ...snapshot.untold];
  return { ...snapshot, untold, state: { ...snapshot.state, load: { ...load, ...(newest > 0 && { newest }) } } };
}

/** Minutes that are settled in the snapshot are in its hours. */
function withMinutes({ state: { load } }: StoredPrediction, live: LivePart): PredictionState['load'] {
  const minutes: Record<string, Minutes[string]> = { ...load.minutes };
  for (const { start, revision, load: figures } of live.minutes) {
    const isNews = revision > (minutes[start]?.revision ?? -1);
    if (isNews && start >= (load.settledUntil ?? 0)) minutes[start] = { revision, load: figures };
  }
  return { ...load, minutes };
}
