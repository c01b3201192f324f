import {
  type DefaultDetectorState,
  init,
  migrate,
  NAME,
  SINGLE_PRIOR,
  singleResidual,
  VERSION,
} from './default-detector-state.ts';
import type { Detector, DetectorPoint, Verdict } from './detector.ts';
import { costOfHistory } from './history.ts';
import { refusePoint } from './point-gate.ts';
import { dampen } from './refractory.ts';
import { learnResolution, shareOfFinePoints } from './resolution.ts';
import { ANOMALY_THRESHOLD, scoreOf } from './score.ts';
import { BURN_IN, smoothedSurprise } from './smoothed-surprise.ts';
import { surpriseOfSide } from './statistics/two-sided-tail.ts';

export type { DefaultDetectorState } from './default-detector-state.ts';

/** Points before the first verdict. */
export const WARM_UP = 100;
const SINGLE_WEIGHT = 0.75;
/** What the wrong resolution costs, in units of surprise: see resolution.ts. */
const RESOLUTION_COST = 7;

/**
 * The ensemble for any series of measurements: each kind of evidence is turned into a tail probability learnt from the series (as
 * Numenta's anomaly likelihood, Ahmad et al. 2017, with a Pareto tail in place of a normal one), the least probable one speaks, and what follows
 * an alarm is dampened. Nothing is tuned per series.
 */
export const defaultDetector: Detector<DefaultDetectorState> = { name: NAME, version: VERSION, init, update, migrate };

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
  const news = dampen(state.refractory, smoothed.surprise - RESOLUTION_COST * fine);
  const lasting = news - costOfHistory(state.judged) * (1 - fine);
  const score = scoreOf(Math.max(lasting, single));
  if (score < ANOMALY_THRESHOLD) return { state, score };
  return { state, score, kind: single > lasting ? 'spike' : smoothed.kind };
}

function singleSurprise(state: DefaultDetectorState, timestamp: number, value: number): number {
  const signed = singleResidual.measure(state.single, timestamp, value);
  if (state.judged < BURN_IN) return 0;
  return SINGLE_WEIGHT * surpriseOfSide(state.tails.single, signed, SINGLE_PRIOR);
}
