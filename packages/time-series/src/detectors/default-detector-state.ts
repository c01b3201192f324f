import { type ResidualState, residual } from './evidence/residual.ts';
import { type UnusualForTheTimeState, unusualForTheTime } from './evidence/unusual-for-the-time.ts';
import { type UnusualTransitionState, unusualTransition } from './evidence/unusual-transition.ts';
import { type UnusualValueState, unusualValue } from './evidence/unusual-value.ts';
import { type VarianceChangeState, varianceChange } from './evidence/variance-change.ts';
import type { PointGate } from './point-gate.ts';
import { newRefractory, type Refractory } from './refractory.ts';
import type { Resolution } from './resolution.ts';
import { newTailModel, type TailModel, type TailPrior } from './statistics/tail-surprise.ts';
import { newTwoSidedTail, type TwoSidedTail } from './statistics/two-sided-tail.ts';
import { readState } from './stored-state.ts';

export const NAME = 'default';
/** 2: the tails of single points have two sides, and transitions are learnt. */
export const VERSION = 2;

/** Smoothed points: little is known beforehand, each series is its own measure. */
export const SMOOTHED_PRIOR: TailPrior = { quantile: 0.95, strength: 5, meanExcess: 0.2 };
/** Single points: a strong prior, so that a series of many spikes still shows them. */
export const SINGLE_PRIOR: TailPrior = { quantile: 0.98, strength: 200, meanExcess: 0.3 };

export const smoothResidual = residual({ share: 1, levelAlpha: 0.3 });
/** Its level is nearly the last point: at one point a minute, what lasts is for the smoothed evidence. */
export const singleResidual = residual({ share: 0.7, levelAlpha: 0.7 });

/** All that the default detector remembers: plain JSON of a bounded size. */
export interface DefaultDetectorState extends PointGate, Resolution {
  readonly version: number;
  judged: number;
  smoothed: number;
  readonly residual: ResidualState;
  readonly value: UnusualValueState;
  readonly time: UnusualForTheTimeState;
  readonly variance: VarianceChangeState;
  readonly transition: UnusualTransitionState;
  readonly single: ResidualState;
  readonly tails: {
    readonly residual: TailModel;
    readonly value: TailModel;
    readonly time: TailModel;
    readonly variance: TailModel;
    readonly transition: TailModel;
    readonly single: TwoSidedTail;
  };
  readonly refractory: Refractory;
}

export function init(): DefaultDetectorState {
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
    transition: unusualTransition.init(),
    single: singleResidual.init(),
    tails: {
      residual: tail(),
      value: tail(),
      time: tail(),
      variance: tail(),
      transition: tail(),
      single: newTwoSidedTail(SINGLE_PRIOR),
    },
    refractory: newRefractory(),
  };
}

/**
 * A stored state of this version, or of version 1, which lacked transitions and had one tail for both sides of single points:
 * both sides start from it, and transitions are learnt anew.
 */
export function migrate(stored: unknown): DefaultDetectorState {
  return readState(NAME, init(), isOfVersion1(stored) ? upgrade(stored) : stored);
}

interface Version1 {
  readonly version: 1;
  readonly tails: { readonly single: unknown };
}

function isOfVersion1(stored: unknown): stored is Version1 {
  const { version, tails } = (stored ?? {}) as Partial<Version1>;
  return version === 1 && typeof tails === 'object' && tails !== null;
}

function upgrade(stored: Version1): unknown {
  const { transition, tails, version } = init();
  const single = { above: stored.tails.single, below: structuredClone(stored.tails.single) };
  return { ...stored, version, transition, tails: { ...stored.tails, transition: tails.transition, single } };
}
