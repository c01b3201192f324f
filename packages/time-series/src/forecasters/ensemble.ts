import { type Calibration, calibrate, calibrateByDifferences } from './calibration.ts';
import { checkHorizon, checkValue } from './checked-input.ts';
import { candidatesFor, type MemberName, memberNamed } from './ensemble-candidates.ts';
import { weighByError } from './ensemble-weights.ts';
import { forecastAround } from './forecast-around.ts';
import type { Forecaster } from './forecaster.ts';
import { meanAbsoluteError } from './origin-error.ts';
import { byPhase, ONE_PHASE, type OriginPhases, phaseAt, phaseErrors, phasesOf } from './origin-phases.ts';
import { type PreparedSeries, prepareSeries } from './prepared-series.ts';
import { type OriginPlan, type RolledForecast, rollOrigins } from './roll-origins.ts';

/** A forecaster of the ensemble, with its say. */
export interface EnsembleMember {
  readonly name: MemberName;
  /** By the phase; those of one phase sum to 1. */
  readonly weights: readonly number[];
  /** Mean absolute error on the rolling origins, in the unit of the series; `null` where it was too short for one. */
  readonly error: number | null;
  readonly model: unknown;
}

/** What the ensemble has learnt of a series: plain JSON. */
export interface EnsembleModel {
  readonly isCount: boolean;
  readonly members: readonly EnsembleMember[];
  readonly phases: OriginPhases;
  /** Points since the fit, within the phases' span. */
  readonly seen: number;
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
 * and weighs the best by their errors, where there are origins enough by those of the same phase. Intervals are calibrated on what the whole would have said at those origins.
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
    return { ...model, members, seen: (model.seen + 1) % model.phases.span };
  },
};

function fitShort({ values, seasonLengths }: PreparedSeries, isCount: boolean): EnsembleModel {
  const model = memberNamed('seasonal-naive').fit(values, seasonLengths);
  const members = [{ name: 'seasonal-naive', weights: [1], error: null, model }] as const;
  return { isCount, members, phases: ONE_PHASE, seen: 0, calibration: calibrateByDifferences(values) };
}

function fitLong({ values, seasonLengths }: PreparedSeries, plan: OriginPlan, isCount: boolean): EnsembleModel {
  const candidates = candidatesFor(values, seasonLengths).map((name): Candidate => {
    const forecasts = rollOrigins(memberNamed(name), values, { seasonLengths, plan });
    return { name, forecasts, error: meanAbsoluteError(forecasts, values) };
  });
  const phases = phasesOf(plan, values.length);
  const rolled = candidates.map(({ forecasts }) => forecasts);
  const chosen = phaseErrors(rolled, values, phases).map((errors, phase) => {
    const inPhase = candidates.map((candidate, at): Candidate => {
      const forecasts = byPhase(candidate.forecasts, phases, values.length)[phase]!;
      return { ...candidate, forecasts, error: errors[at]! };
    });
    const bar = inPhase.find(({ name }) => name === 'seasonal-naive')!.error;
    return choose(weighByError(inPhase, bar), values);
  });
  const weightIn = (weighted: readonly WeightedCandidate[], name: MemberName): number =>
    weighted.find(({ candidate }) => candidate.name === name)?.weight ?? 0;
  const members = candidates.flatMap(({ name, error }): EnsembleMember[] => {
    const weights = chosen.map((weighted) => weightIn(weighted, name));
    if (weights.every((weight) => weight === 0)) return [];
    return [{ name, weights, error, model: memberNamed(name).fit(values, seasonLengths) }];
  });
  const said = chosen.flatMap(combine).sort((a, b) => a.origin - b.origin);
  return { isCount, members, phases, seen: 0, calibration: calibrate(said, values) };
}

/** All of them, unless the best alone was better: the mean of spikes at different times is none of them. */
function choose(weighed: readonly WeightedCandidate[], values: readonly number[]): readonly WeightedCandidate[] {
  const { candidate } = weighed[0]!;
  const alone = meanAbsoluteError(candidate.forecasts, values);
  return meanAbsoluteError(combine(weighed), values) < alone ? weighed : [{ candidate, weight: 1 }];
}

/** What the whole would have said at each origin. */
function combine(chosen: readonly WeightedCandidate[]): RolledForecast[] {
  return chosen[0]!.candidate.forecasts.map(({ origin }, at) => {
    const parts = chosen.map(({ candidate, weight }) => ({ weight, mean: candidate.forecasts[at]!.mean }));
    return { origin, mean: weightedMean(parts) };
  });
}

function meanOf({ members, phases, seen }: EnsembleModel, horizon: number): number[] {
  const phase = phaseAt(phases, seen);
  return weightedMean(
    members
      .filter(({ weights }) => weights[phase]! > 0)
      .map(({ name, weights, model }) => ({ weight: weights[phase]!, mean: memberNamed(name).mean(model, horizon) })),
  );
}

function weightedMean(parts: readonly { weight: number; mean: readonly number[] }[]): number[] {
  return parts[0]!.mean.map((_, step) => parts.reduce((sum, { weight, mean }) => sum + weight * mean[step]!, 0));
}
