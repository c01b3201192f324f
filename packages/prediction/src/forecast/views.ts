import type { LoadState } from '../load/load-state.ts';
import { MINUTE_MS } from '../load/minute-load.ts';
import { fivesOf, latestCallsOf, minutesOf } from '../load/read-load.ts';
import { FIVE_MS, type Step } from '../load/settle.ts';
import type { Metric } from '../prediction-state.ts';
import { advanceSurges, type SurgeRecorder } from '../surges/surge-recorder.ts';
import type { SeriesView } from './candidates.ts';

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
    invocations: { ...place, fives: fives.map(({ calls }) => calls), latest: latestCallsOf(load) },
    duration: { ...place, fives: fives.map(meanDuration) },
  };
}

/** Of a step without calls nothing is known. */
export const meanDuration = ({ calls, busyMs }: Step): number | null => (calls > 0 ? busyMs / calls : null);
