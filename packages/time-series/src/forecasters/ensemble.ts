import { type Calibration, calibrate, calibrateByDifferences } from './calibration.ts';
import { checkHorizon, checkValue } from './checked-input.ts';
import { candidatesFor, type MemberName, memberNamed } from './ensemble-candidates.ts';
import { weighByError } from './ensemble-weights.ts';
import { forecastAround } from './forecast-around.ts';
import type { Forecaster } from './forecaster.ts';
import { meanAbsoluteError } from './origin-error.ts';
import { type PreparedSeries, prepareSeries } from './prepared-series.ts';
import { type OriginPlan, type RolledForecast, rollOrigins } from './roll-origins.ts';

export interface EnsembleMember {
  readonly name: MemberName;
  /** All weights sum to 1. */
  readonly weight: number;
  /** Mean absolute error on the rolling origins, in the unit of the series; `null` where it was too short for one. */
  readonly error: number | null;
  readonly model: unknown;
}

export interface EnsembleModel {
  readonly isCount: boolean;
  readonly members: readonly EnsembleMember[];
  readonly calibration: Calibration;
}

interface Candidate {
  readonly name: MemberName;
  readonly error: number;
  readonly forecasts: readonly RolledForecast[];
}

interface WeightedCandidate {
  readonly candidate: Candidate;
  readonly weight: number;
}

/**
 * The default: tries the forecasters on rolling origins of the series itself, leaves out those that are worse there than the seasonal naive one,
 * and weighs the best by their errors. Intervals are calibrated on what the whole would have said at those origins.
 */
export const ensemble: Forecaster<EnsembleModel> = {
  name: 'ensemble',
  fit: (series, options) => {
    const prepared = prepareSeries(series, options);
    const isCount = options.isCount ?? false;
    return prepared.plan === undefined ? fitShort(prepared, isCount) : fitLong(prepared, prepared.plan, isCount);
  },
  predict: (model, horizon, levels) => {
    checkHorizon(horizon);
    return forecastAround(meanOf(model, horizon), model, levels);
  },
  update: (model, value) => {
    if (value !== null) checkValue(value, model);
    const point = value ?? meanOf(model, 1)[0]!;
    const members = model.members.map((member) => ({
      ...member,
      model: memberNamed(member.name).update(member.model, point),
    }));
    return { ...model, members };
  },
};

function fitShort({ values, seasonLengths }: PreparedSeries, isCount: boolean): EnsembleModel {
  const model = memberNamed('seasonal-naive').fit(values, seasonLengths);
  const members = [{ name: 'seasonal-naive', weight: 1, error: null, model }] as const;
  return { isCount, members, calibration: calibrateByDifferences(values) };
}

function fitLong({ values, seasonLengths }: PreparedSeries, plan: OriginPlan, isCount: boolean): EnsembleModel {
  const candidates = candidatesFor(values, seasonLengths).map((name): Candidate => {
    const forecasts = rollOrigins(memberNamed(name), values, { seasonLengths, plan });
    return { name, forecasts, error: meanAbsoluteError(forecasts, values) };
  });
  const bar = candidates.find(({ name }) => name === 'seasonal-naive')!.error;
  const chosen = choose(weighByError(candidates, bar), values);
  const members = chosen.map(({ candidate: { name, error }, weight }) => {
    return { name, weight, error, model: memberNamed(name).fit(values, seasonLengths) };
  });
  return { isCount, members, calibration: calibrate(combine(chosen), values) };
}

/** All of them, unless the best alone was better: the mean of spikes at different times is none of them. */
function choose(weighed: readonly WeightedCandidate[], values: readonly number[]): readonly WeightedCandidate[] {
  const { candidate } = weighed[0]!;
  return meanAbsoluteError(combine(weighed), values) < candidate.error ? weighed : [{ candidate, weight: 1 }];
}

/** What the whole would have said at each origin. */
function combine(chosen: readonly WeightedCandidate[]): RolledForecast[] {
  return chosen[0]!.candidate.forecasts.map(({ origin }, at) => {
    const parts = chosen.map(({ candidate, weight }) => ({ weight, mean: candidate.forecasts[at]!.mean }));
    return { origin, mean: weightedMean(parts) };
  });
}

function meanOf({ members }: EnsembleModel, horizon: number): number[] {
  return weightedMean(
    members.map(({ name, weight, model }) => ({ weight, mean: memberNamed(name).mean(model, horizon) })),
  );
}

function weightedMean(parts: readonly { weight: number; mean: readonly number[] }[]): number[] {
  return parts[0]!.mean.map((_, step) => parts.reduce((sum, { weight, mean }) => sum + weight * mean[step]!, 0));
}
