import type { AnomalyKind, Detector, DetectorPoint, Verdict } from './detector.ts';
import { type ResidualState, residual } from './evidence/residual.ts';
import { type UnusualForTheTimeState, unusualForTheTime } from './evidence/unusual-for-the-time.ts';
import { type UnusualValueState, unusualValue } from './evidence/unusual-value.ts';
import { type VarianceChangeState, varianceChange } from './evidence/variance-change.ts';
import { type PointGate, refusePoint } from './point-gate.ts';
import { dampen, newRefractory, type Refractory } from './refractory.ts';
import { learnResolution, type Resolution, shareOfFinePoints } from './resolution.ts';
import { ANOMALY_THRESHOLD, scoreOf } from './score.ts';
import { newTailModel, surpriseOf, type TailModel, type TailPrior } from './statistics/tail-surprise.ts';
import { readState } from './stored-state.ts';

const NAME = 'default';
const VERSION = 1;
/** Points before the first verdict. */
export const WARM_UP = 100;
const SMOOTHING = 0.5;
/** The tail of each kind of evidence begins once so many points set its scale. */
const BURN_IN = 12;

/** Smoothed points: little is known beforehand, each series is its own measure. */
const SMOOTHED_PRIOR: TailPrior = { quantile: 0.95, strength: 5, meanExcess: 0.2 };
/** Single points: a strong prior, so that a series of many spikes still shows them. */
const SINGLE_PRIOR: TailPrior = { quantile: 0.98, strength: 200, meanExcess: 0.3 };
const WEIGHT = { residual: 1, value: 0.8, time: 0.85, variance: 0.7, single: 0.78 } as const;
/** What the wrong resolution costs, in units of surprise: see resolution.ts. */
const RESOLUTION_COST = 4.8;

const smoothResidual = residual(1);
const singleResidual = residual(0.7);

export interface DefaultDetectorState extends PointGate, Resolution {
  readonly version: number;
  judged: number;
  smoothed: number;
  readonly residual: ResidualState;
  readonly value: UnusualValueState;
  readonly time: UnusualForTheTimeState;
  readonly variance: VarianceChangeState;
  readonly single: ResidualState;
  readonly tails: {
    readonly residual: TailModel;
    readonly value: TailModel;
    readonly time: TailModel;
    readonly variance: TailModel;
    readonly single: TailModel;
  };
  readonly refractory: Refractory;
}

/**
 * The ensemble for any series of measurements: each kind of evidence is turned into a tail probability learnt from the series (as
 * Numenta's anomaly likelihood, Ahmad et al. 2017, with a Pareto tail in place of a normal one), the least probable one speaks, and what follows
 * an alarm is dampened. Nothing is tuned per series.
 */
export const defaultDetector: Detector<DefaultDetectorState> = {
  name: NAME,
  version: VERSION,
  init,
  update,
  migrate: (stored) => readState(NAME, init(), stored),
};

function init(): DefaultDetectorState {
  const tail = (): TailModel => newTailModel(SMOOTHED_PRIOR);
  return {
    version: VERSION,
    newest: null,
    stepSeconds: 0,
    judged: 0,
    smoothed: 0,
    residual: smoothResidual.init(),
    value: unusualValue.init(),
    time: unusualForTheTime.init(),
    variance: varianceChange.init(),
    single: singleResidual.init(),
    tails: { residual: tail(), value: tail(), time: tail(), variance: tail(), single: newTailModel(SINGLE_PRIOR) },
    refractory: newRefractory(),
  };
}

function update(state: DefaultDetectorState, point: DetectorPoint): Verdict<DefaultDetectorState> {
  const refusal = refusePoint(state, point);
  if (refusal !== undefined) return { state, score: 0, kind: refusal };
  return judge(state, point.timestamp, point.value ?? 0);
}

function judge(state: DefaultDetectorState, timestamp: number, value: number): Verdict<DefaultDetectorState> {
  learnResolution(state, timestamp);
  state.newest = timestamp;
  state.judged += 1;
  const fine = shareOfFinePoints(state);
  const smoothed = smoothedSurprise(state, timestamp, value);
  const single = singleSurprise(state, timestamp, value) - RESOLUTION_COST * (1 - fine);
  if (state.judged < WARM_UP) return { state, score: 0, kind: 'warming-up' };
  const damped = dampen(state.refractory, smoothed.surprise - RESOLUTION_COST * fine);
  const score = scoreOf(Math.max(damped, single));
  if (score < ANOMALY_THRESHOLD) return { state, score };
  return { state, score, kind: single > damped ? 'spike' : smoothed.kind };
}

function smoothedSurprise(
  state: DefaultDetectorState,
  timestamp: number,
  value: number,
): { surprise: number; kind: AnomalyKind } {
  state.smoothed = state.judged === 1 ? value : state.smoothed + SMOOTHING * (value - state.smoothed);
  const { tails, smoothed, judged } = state;
  const zResidual = smoothResidual.measure(state.residual, timestamp, smoothed);
  const zValue = unusualValue.measure(state.value, timestamp, smoothed);
  const zTime = unusualForTheTime.measure(state.time, timestamp, smoothed);
  const zVariance = varianceChange.measure(state.variance, timestamp, smoothed);
  if (judged < BURN_IN) return { surprise: 0, kind: 'spike' };
  const ofResidual = WEIGHT.residual * surpriseOf(tails.residual, zResidual, SMOOTHED_PRIOR);
  const ofValue = WEIGHT.value * surpriseOf(tails.value, zValue, SMOOTHED_PRIOR);
  const ofTime = WEIGHT.time * surpriseOf(tails.time, zTime, SMOOTHED_PRIOR);
  const ofVariance = WEIGHT.variance * surpriseOf(tails.variance, zVariance, SMOOTHED_PRIOR);
  const surprise = Math.max(ofResidual, ofValue, ofTime, ofVariance);
  if (surprise === ofResidual) return { surprise, kind: smoothResidual.kind };
  if (surprise === ofValue) return { surprise, kind: unusualValue.kind };
  return { surprise, kind: surprise === ofTime ? unusualForTheTime.kind : varianceChange.kind };
}

function singleSurprise(state: DefaultDetectorState, timestamp: number, value: number): number {
  const z = singleResidual.measure(state.single, timestamp, value);
  return state.judged < BURN_IN ? 0 : WEIGHT.single * surpriseOf(state.tails.single, z, SINGLE_PRIOR);
}
