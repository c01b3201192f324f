import { type Calibration, calibrate, calibrateByDifferences } from '../forecasters/calibration.ts';
import { checkHorizon, checkSeries, checkValue, usableSeasons } from '../forecasters/checked-input.ts';
import { fillMissing } from '../forecasters/fill-missing.ts';
import { forecastAround } from '../forecasters/forecast-around.ts';
import type { FitOptions, Forecast } from '../forecasters/forecaster.ts';
import { withoutLoneSpike } from '../forecasters/lone-spike.ts';
import type { RolledForecast } from '../forecasters/roll-origins.ts';
import { directRegression } from './direct-regression.ts';
import type { FinePoint, FineSeries } from './fine-point.ts';
import { latestValue } from './latest-value.ts';
import { nearestNeighbours } from './nearest-neighbours.ts';
import { bestAt, weightsAt } from './recent-weights.ts';
import { atRisenLevel } from './risen-level.ts';
import type { MemberOptions, ShortTermMember } from './short-term-member.ts';
import { errorsNow, HALF_LIFE, nothingTracked, type TrackedErrors, trackPoint } from './tracked-errors.ts';
import { learntWhole, season } from './whole-points.ts';

/** What is learnt of a series: plain JSON. */
export interface ShortTermModel {
  readonly isCount: boolean;
  /** Steps ahead for which all members speak; further ones are the first member's. */
  readonly steps: number;
  readonly members: readonly unknown[];
  /** Of the members, of all together, and of the best alone. */
  readonly tracked: TrackedErrors;
  readonly calibration: Calibration;
}

/** The first is the default for whole points, and speaks alone until errors are known. */
const MEMBERS = [
  learntWhole,
  directRegression(false),
  directRegression(true),
  latestValue,
  nearestNeighbours,
  season,
] as readonly ShortTermMember<unknown>[] as readonly ShortTermMember[];

const TOGETHER = MEMBERS.length;
const ALONE = TOGETHER + 1;
const MOST_STEPS = 12;
/** Points that are forecast to learn what to trust: of what was before them an eighth would be left. */
const HELD_BACK = 3 * HALF_LIFE;
const LEAST_POINTS = 24;

/**
 * For the next hour of a series whose points have parts: besides the default forecaster of whole points it tries ways that know the newest part, and follows
 * with every point who of them was nearest lately, step by step. Errors count half after `HALF_LIFE` points.
 */
export const shortTerm = {
  name: 'short-term',

  /** @throws RangeError as `Forecaster.fit` does */
  fit(series: FineSeries, { seasonLengths, horizon = MOST_STEPS, isCount = false }: FitOptions): ShortTermModel {
    checkHorizon(horizon);
    const points = preparePoints(series, { seasonLengths, isCount });
    const heldBack = points.length < LEAST_POINTS ? 0 : Math.min(HELD_BACK, Math.floor(points.length / 3));
    const first = points.length - heldBack;
    const steps = Math.max(1, Math.min(horizon, MOST_STEPS));
    const optionsFor = (count: number): MemberOptions => {
      return { seasonLengths: usableSeasons(seasonLengths, count), steps, isCount };
    };
    let model = begin(points.slice(0, first), optionsFor(first));
    if (heldBack === 0) return model;
    const said: RolledForecast[] = [];
    for (let at = first; at < points.length; at++) {
      const view = outlook(model, model.steps);
      said.push({ origin: at, mean: chosenMean(view).slice(0, points.length - at) });
      model = advance(model, view, points[at]!);
    }
    const values = points.map(({ value }) => value);
    const tried = usableSeasons(seasonLengths, first);
    const members = fitMembers(points, optionsFor(points.length), tried);
    return { ...model, members, calibration: atRisenLevel(calibrate(said, values), values.slice(first)) };
  },

  /** @throws RangeError for a horizon or a level that cannot be */
  predict(model: ShortTermModel, horizon: number, levels: readonly number[]): Forecast {
    checkHorizon(horizon);
    return forecastAround(meanOf(model, horizon), model, levels);
  },

  /** The model with one more point; a missing one is taken to be as expected. @throws RangeError for a point that cannot be */
  update(model: ShortTermModel, point: FinePoint | null): ShortTermModel {
    if (point !== null) checkPoint(point, model);
    const view = outlook(model, model.steps);
    const value = chosenMean(view)[0]!;
    return advance(model, view, point ?? { value, latest: value });
  },
};

function begin(points: readonly FinePoint[], options: MemberOptions): ShortTermModel {
  const { isCount, steps } = options;
  const tracked = nothingTracked(MEMBERS.length + 2, steps);
  const calibration = calibrateByDifferences(points.map(({ value }) => value));
  return { isCount, steps, members: fitMembers(points, options), tracked, calibration };
}

/** @param tried the seasons that members are judged with: but for the first, which tries what it says itself, they speak with no others */
const fitMembers = (points: readonly FinePoint[], options: MemberOptions, tried = options.seasonLengths): unknown[] =>
  MEMBERS.map((member) => member.fit(points, member === learntWhole ? options : { ...options, seasonLengths: tried }));

function advance(model: ShortTermModel, { together, alone, said }: Outlook, point: FinePoint): ShortTermModel {
  const tracked = trackPoint(model.tracked, [...said, together, alone], point.value);
  return { ...model, tracked, members: model.members.map((member, at) => MEMBERS[at]!.update(member, point)) };
}

interface Outlook {
  /** Of each member. */
  readonly said: readonly (readonly number[])[];
  readonly together: readonly number[];
  /** At each step what the member says that was nearest lately. */
  readonly alone: readonly number[];
  /** Discounted sums of errors of the members, of all together and of the best alone: [way][step]. */
  readonly errors: readonly (readonly number[])[];
}

function outlook({ members, tracked, isCount }: ShortTermModel, steps: number): Outlook {
  const bounded = (value: number): number => (isCount ? Math.max(0, value) : value);
  const said = members.map((member, at) => MEMBERS[at]!.mean(member, steps).map(bounded));
  const errors = errorsNow(tracked);
  const known = errors.slice(0, MEMBERS.length);
  const together = said[0]!.map((first, step) => {
    if (known.every((ofWay) => ofWay[step] === 0)) return first;
    const weights = weightsAt(known, step);
    return said.reduce((total, mean, way) => total + (weights[way] === 0 ? 0 : weights[way]! * mean[step]!), 0);
  });
  return { said, together, alone: together.map((_, step) => said[bestAt(known, step)]![step]!), errors };
}

function chosenMean({ together, alone, errors }: Outlook): number[] {
  return together.map((mean, step) => (errors[TOGETHER]![step]! <= errors[ALONE]![step]! ? mean : alone[step]!));
}

function meanOf(model: ShortTermModel, horizon: number): number[] {
  const { members, steps } = model;
  const near = chosenMean(outlook(model, Math.min(horizon, steps)));
  return horizon <= steps ? near : [...near, ...MEMBERS[0]!.mean(members[0], horizon).slice(steps)];
}

function checkPoint({ value, latest }: FinePoint, { isCount }: { readonly isCount: boolean }): void {
  checkValue(value, { isCount });
  checkValue(latest, { isCount });
}

/** Checked, filled, without a great outlier that came once; of what is filled the newest part is as the point. */
function preparePoints(series: FineSeries, { seasonLengths, isCount = false }: FitOptions): FinePoint[] {
  const values = series.map((point) => point?.value ?? null);
  checkSeries(values, { isCount });
  for (const point of series) if (point !== null) checkPoint(point, { isCount });
  const [seasonLength = 1] = usableSeasons(seasonLengths, series.length);
  const filled = fillMissing(withoutLoneSpike(values), seasonLength);
  const skipped = series.length - filled.length;
  return filled.map((value, at) => {
    const point = series[skipped + at];
    return { value, latest: point?.value === value ? point.latest : value };
  });
}
