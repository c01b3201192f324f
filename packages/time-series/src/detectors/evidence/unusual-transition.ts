import { ABSOLUTE_FLOOR, type Evidence, RELATIVE_FLOOR, weightOf } from './evidence.ts';

export interface UnusualTransitionState {
  seen: number;
  mean: number;
  deviation: number;
  /** Step of the newest point; -1 before the first. */
  step: number;
  /** How often a step followed a step, row after row: STEPS x STEPS. */
  readonly followed: number[];
  /** How often each step came at all. */
  readonly came: number[];
}

const STEPS = 12;
/** The step of the long-run mean; more steps lie above it, as loads are skewed. */
const MEAN_STEP = 5;
const STEPS_PER_DOUBLING = 1.5;
const ALPHA = 0.002;
/** A row's counts are halved beyond this, those of all points beyond four times as many: old habits are forgotten. */
const MEMORY = 2_000;
/** So many points of a row are worth as much as what is known of all points. */
const PRIOR_STRENGTH = 4;
const UNSEEN = 0.5;

/**
 * One over the probability of going from the last value's step to this one's, less one: what the series never did before is unusual
 * though each value may be ordinary. Steps are logarithmic in deviations from the long-run mean; the Markov chain's rows are smoothed
 * towards the shares of all points (Dirichlet prior, MacKay and Peto 1995).
 */
export const unusualTransition: Evidence<UnusualTransitionState> = {
  kind: 'unusual-transition',
  init: () => ({
    seen: 0,
    mean: 0,
    deviation: 0,
    step: -1,
    followed: new Array<number>(STEPS * STEPS).fill(0),
    came: new Array<number>(STEPS).fill(0),
  }),
  measure(state, _timestamp, value) {
    const last = state.step;
    state.step = enterStep(state, value);
    if (last < 0) return 0;
    const probability = probabilityOf(state, last);
    learn(state, last);
    return 1 / probability - 1;
  },
};

function enterStep(state: UnusualTransitionState, value: number): number {
  state.seen += 1;
  if (state.seen === 1) state.mean = value;
  const distance = value - state.mean;
  const scale = state.deviation + RELATIVE_FLOOR * Math.abs(state.mean) + ABSOLUTE_FLOOR;
  const weight = weightOf(state.seen, ALPHA);
  state.mean += weight * distance;
  state.deviation += weight * (Math.abs(distance) - state.deviation);
  const height = Math.sign(distance) * Math.log2(1 + Math.abs(distance) / scale) * STEPS_PER_DOUBLING;
  return Math.max(0, Math.min(STEPS - 1, Math.round(MEAN_STEP + height)));
}

function probabilityOf({ step, followed, came }: UnusualTransitionState, last: number): number {
  const share = ((came[step] ?? 0) + UNSEEN / STEPS) / (sum(came, 0) + UNSEEN);
  const row = last * STEPS;
  return ((followed[row + step] ?? 0) + PRIOR_STRENGTH * share) / (sum(followed, row) + PRIOR_STRENGTH);
}

function learn({ step, followed, came }: UnusualTransitionState, last: number): void {
  const row = last * STEPS;
  followed[row + step] = (followed[row + step] ?? 0) + 1;
  came[step] = (came[step] ?? 0) + 1;
  if (sum(followed, row) > MEMORY) halve(followed, row);
  if (sum(came, 0) > 4 * MEMORY) halve(came, 0);
}

function sum(counts: readonly number[], from: number): number {
  let total = 0;
  for (let index = from; index < from + STEPS; index += 1) total += counts[index] ?? 0;
  return total;
}

function halve(counts: number[], from: number): void {
  for (let index = from; index < from + STEPS; index += 1) counts[index] = Math.floor((counts[index] ?? 0) / 2);
}
