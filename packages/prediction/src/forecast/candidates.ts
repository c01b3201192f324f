import { ensemble, type Forecast, shortTerm } from '@lamplighter/time-series';
import type { SurgeRecorder } from '../surges/surge-recorder.ts';
import { analoguePath, recurrencePath } from './analogues.ts';
import { growthPath, LEAST_CLIMB_MINUTES } from './growth.ts';
import { type Path, STEPS } from './path.ts';

/** Days of five-minute steps. */
const SEASONS = [288];
const LEVEL_PCT = 95;
const Z_95 = 1.96;
const LEAST_STEPS = 3;
/** Six hours: what knows the newest minute is tried on a third of the points. */
const LEAST_FINE_STEPS = 72;

/** A series as the candidates see it. */
export interface SeriesView {
  /** Whole steps of five minutes before `origin`. */
  readonly fives: readonly (number | null)[];
  /** What the last minute of each of them says of it, in the unit of five minutes; absent where that is not known. */
  readonly latest?: readonly number[];
  /** Minutes up to the newest one; absent for what is not looked at by the minute. */
  readonly minutes?: readonly number[];
  /** Surges up to the newest minute; absent for what has none. */
  readonly surges?: SurgeRecorder;
  /** Start of the first step, epoch milliseconds. */
  readonly origin: number;
  /** Start of the newest minute. */
  readonly newest: number;
}

/** The last whole step goes on: what every other way has to beat. */
export function naivePath({ fives }: Pick<SeriesView, 'fives'>): Path {
  const known = fives.filter((value) => value !== null);
  const last = known.at(-1) ?? 0;
  const moves = known.slice(-48).map((value, at, all) => (at === 0 ? 0 : value - all[at - 1]!));
  const spread = Math.sqrt(moves.reduce((sum, move) => sum + move * move, 0) / Math.max(1, moves.length - 1));
  const steps = Array.from({ length: STEPS }, (_, step) => step + 1);
  return { name: 'naive', mean: steps.map(() => last), sd: steps.map((step) => spread * Math.sqrt(step)) };
}

/** The forecasters of packages/time-series, chosen and weighed on the series itself; before there is enough of it to try them on, they are but the naive one again. */
export function ensemblePath(view: Pick<SeriesView, 'fives' | 'latest'>): Path | undefined {
  const forecast = learntForecast(view);
  if (forecast === undefined) return undefined;
  const { mean, intervals } = forecast;
  const band = intervals[0]!;
  return {
    name: 'ensemble',
    mean: mean.map((value) => Math.max(0, value)),
    sd: mean.map((_, step) => (band.upper[step]! - band.lower[step]!) / 2 / Z_95),
  };
}

function learntForecast({ fives, latest }: Pick<SeriesView, 'fives' | 'latest'>): Forecast | undefined {
  const known = fives.filter((value) => value !== null).length;
  if (known < LEAST_STEPS) return undefined;
  const options = { seasonLengths: SEASONS, horizon: STEPS, isCount: true };
  if (latest !== undefined && known >= LEAST_FINE_STEPS) {
    const points = fives.map((value, at) => (value === null ? null : { value, latest: latest[at] ?? value }));
    return shortTerm.predict(shortTerm.fit(points, options), STEPS, [LEVEL_PCT]);
  }
  const model = ensemble.fit(fives, options);
  return model.members.every(({ error }) => error === null) ? undefined : ensemble.predict(model, STEPS, [LEVEL_PCT]);
}

/**
 * Of a series that is shorter than the horizon nothing was ever forecast an hour ahead, and the ensemble weighs its members by chance. Where a climb can be read
 * from the minutes (in the first half hour it cannot be told from a start) it counts for nothing yet.
 */
const isUntried = ({ fives, minutes = [] }: SeriesView): boolean =>
  minutes.length >= LEAST_CLIMB_MINUTES && fives.length < STEPS;

/** Every way to look ahead that this series allows now. `fitted` stands for the ensemble where it was fitted for this origin before. */
export function candidatePaths(view: SeriesView, fitted?: Path): Path[] {
  const { minutes, surges, origin, newest } = view;
  const naive = naivePath(view);
  const learnt = fitted ?? ensemblePath(view);
  const paths: (Path | undefined)[] = [naive, learnt && { ...learnt, isUntried: isUntried(view) }];
  const offset = (newest + 60_000 - origin) / 60_000;
  if (minutes !== undefined) paths.push(growthPath(minutes, offset));
  if (surges !== undefined) {
    paths.push(analoguePath(surges, newest, origin));
    paths.push(recurrencePath(surges, origin, naive.mean));
  }
  return paths.filter((path) => path !== undefined);
}
