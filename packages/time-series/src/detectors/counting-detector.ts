import type { AnomalyKind, Detector, DetectorPoint } from './detector.ts';
import { type PointGate, refusePoint } from './point-gate.ts';
import { ANOMALY_THRESHOLD, scoreOf } from './score.ts';
import { readState } from './stored-state.ts';

/** A rate learnt as a conjugate prior is: events over exposure (trials, or points), forgotten by the point. */
export interface CountingState extends PointGate {
  readonly version: number;
  judged: number;
  events: number;
  exposure: number;
}

export interface Counting {
  readonly name: string;
  readonly version: number;
  readonly kind: AnomalyKind;
  /** What the prior is worth: a rate of `events / exposure` until the series says otherwise. */
  readonly prior: { readonly events: number; readonly exposure: number };
  /** No series is taken to be rarer than this: one event alone is no anomaly. */
  readonly leastRate: number;
  /** Whether a point must say of how many trials it counts. */
  readonly needsTrials: boolean;
  readonly surprise: (count: number, exposure: number, rate: number) => number;
}

const MEMORY = 2_000;
const WARM_UP = 30;
/** What is that surprising teaches the rate nothing, so that an incident does not become normal at once; a lasting one does, slowly. */
const TEACHES_BELOW = 8;
const SLOW = 0.02;

/** Counts as counts: how likely so many are by chance, at the rate that the series has had. */
export function countingDetector(counting: Counting): Detector<CountingState> {
  const { name, version, kind, prior } = counting;
  const init = (): CountingState => ({ version, newest: null, judged: 0, ...prior });
  return {
    name,
    version,
    init,
    update(state, point) {
      const refusal = refusePoint(state, point) ?? refuseCount(point, counting.needsTrials);
      if (refusal !== undefined) return { state, score: 0, kind: refusal };
      state.newest = point.timestamp;
      state.judged += 1;
      const count = point.value ?? 0;
      const exposure = point.trials ?? 1;
      const rate = Math.max(counting.leastRate, state.events / state.exposure);
      const surprise = exposure === 0 ? 0 : counting.surprise(count, exposure, rate);
      learn(state, count, exposure, state.judged < WARM_UP || surprise < TEACHES_BELOW ? 1 : SLOW, prior);
      if (state.judged < WARM_UP) return { state, score: 0, kind: 'warming-up' };
      const score = scoreOf(surprise);
      return score < ANOMALY_THRESHOLD ? { state, score } : { state, score, kind };
    },
    migrate: (stored) => readState(name, init(), stored),
  };
}

function learn(state: CountingState, count: number, exposure: number, weight: number, prior: Counting['prior']): void {
  state.events += weight * count + (prior.events - state.events) / MEMORY;
  state.exposure += weight * exposure + (prior.exposure - state.exposure) / MEMORY;
}

function refuseCount({ value, trials }: DetectorPoint, needsTrials: boolean): 'not-a-count' | undefined {
  const isCount = value !== null && value >= 0 && value <= Number.MAX_SAFE_INTEGER;
  const areTrials =
    trials === undefined
      ? !needsTrials
      : trials >= 0 && trials <= Number.MAX_SAFE_INTEGER && value !== null && value <= trials;
  return isCount && areTrials ? undefined : 'not-a-count';
}
