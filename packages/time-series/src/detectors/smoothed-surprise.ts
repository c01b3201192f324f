import { type DefaultDetectorState, SMOOTHED_PRIOR, smoothResidual } from './default-detector-state.ts';
import type { AnomalyKind } from './detector.ts';
import { unusualForTheTime } from './evidence/unusual-for-the-time.ts';
import { unusualTransition } from './evidence/unusual-transition.ts';
import { unusualValue } from './evidence/unusual-value.ts';
import { varianceChange } from './evidence/variance-change.ts';
import { surpriseOf } from './statistics/tail-surprise.ts';

/** The tail of each kind of evidence begins once so many points set its scale. */
export const BURN_IN = 12;
/** So many transitions are learnt before one is called unusual: a migrated state has none. */
const LEAST_TRANSITIONS = 100;
const SMOOTHING = 0.5;
const WEIGHT = { value: 0.8, time: 0.85, variance: 0.7, transition: 0.6 } as const;
/** A jump from the level counts less where neither the value nor the time of day makes it unusual, and more where one does. */
const AGREEMENT = 0.15;
const NEUTRAL_AGREEMENT = 4.5;

export interface KindOfSurprise {
  readonly surprise: number;
  readonly kind: AnomalyKind;
}

const NO_SURPRISE: KindOfSurprise = { surprise: 0, kind: 'spike' };

/** The least probable of what a point of a coarse series shows, points smoothed by halves; transitions are those of the points as they come. */
export function smoothedSurprise(state: DefaultDetectorState, timestamp: number, value: number): KindOfSurprise {
  state.smoothed = state.judged === 1 ? value : state.smoothed + SMOOTHING * (value - state.smoothed);
  const { tails, smoothed } = state;
  const zResidual = smoothResidual.measure(state.residual, timestamp, smoothed);
  const zValue = unusualValue.measure(state.value, timestamp, smoothed);
  const zTime = unusualForTheTime.measure(state.time, timestamp, smoothed);
  const zVariance = varianceChange.measure(state.variance, timestamp, smoothed);
  const zTransition = unusualTransition.measure(state.transition, timestamp, value);
  if (state.judged < BURN_IN) return NO_SURPRISE;
  const ofValue = surpriseOf(tails.value, zValue, SMOOTHED_PRIOR);
  const ofTime = surpriseOf(tails.time, zTime, SMOOTHED_PRIOR);
  const jump = surpriseOf(tails.residual, Math.abs(zResidual), SMOOTHED_PRIOR);
  const ofTransition = surpriseOf(tails.transition, zTransition, SMOOTHED_PRIOR);
  const agreement = AGREEMENT * (Math.max(ofValue, ofTime) - NEUTRAL_AGREEMENT);
  return leastProbable(
    jump > 0 ? Math.max(0, jump + agreement) : 0,
    WEIGHT.value * ofValue,
    WEIGHT.time * ofTime,
    WEIGHT.variance * surpriseOf(tails.variance, zVariance, SMOOTHED_PRIOR),
    state.transition.seen < LEAST_TRANSITIONS ? 0 : WEIGHT.transition * ofTransition,
  );
}

function leastProbable(
  jump: number,
  value: number,
  time: number,
  variance: number,
  transition: number,
): KindOfSurprise {
  const surprise = Math.max(jump, value, time, variance, transition);
  if (surprise === jump) return { surprise, kind: smoothResidual.kind };
  if (surprise === value) return { surprise, kind: unusualValue.kind };
  if (surprise === time) return { surprise, kind: unusualForTheTime.kind };
  return { surprise, kind: surprise === variance ? varianceChange.kind : unusualTransition.kind };
}
