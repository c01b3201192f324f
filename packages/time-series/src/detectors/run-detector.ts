import type { Detector, UnjudgedKind } from './detector.ts';
import { type PointGate, refusePoint } from './point-gate.ts';
import { ANOMALY_THRESHOLD, scoreOf } from './score.ts';
import { readState } from './stored-state.ts';

/** How often a condition holds, and how long it has held without a break. */
export interface RunState extends PointGate {
  readonly version: number;
  judged: number;
  /** Share of points after which the condition begins, of all points where it did not hold; forgotten slowly. */
  onsets: number;
  /** Chance that a run goes on for another point. */
  persistence: number;
  run: number;
  last: number | null;
}

export interface RunCondition {
  readonly name: string;
  readonly version: number;
  readonly kind: 'drop-to-nothing' | 'flat-line' | 'missing-data';
  /** Whether null points are judged (they hold the condition), or refused as missing. */
  readonly judgesMissing: boolean;
  readonly holds: (value: number | null, last: number | null) => boolean;
}

const WARM_UP = 100;
/** Prior of both chances: half an onset in 100 points, half of the runs' points end them. */
const PRIOR_ONSETS = 0.005;
const PRIOR_PERSISTENCE = 0.5;
const LEAST_WEIGHT = 0.002;
const LEAST_CHANCE = 1e-3;
const MOST_RUN = 1e6;

/**
 * A detector of runs: the chance that a run begins and lasts this long, by a two-state Markov chain learnt from the series (Gilbert 1960).
 * A series that is often in the condition is not alarmed by it.
 */
export function runDetector(condition: RunCondition): Detector<RunState> {
  const { name, version } = condition;
  const init = (): RunState => ({
    version,
    newest: null,
    judged: 0,
    onsets: PRIOR_ONSETS,
    persistence: PRIOR_PERSISTENCE,
    run: 0,
    last: null,
  });
  return {
    name,
    version,
    init,
    update(state, point) {
      const refusal = refusePoint(state, point);
      if (refusal !== undefined && !(condition.judgesMissing && isAbsent(refusal)))
        return { state, score: 0, kind: refusal };
      const value = refusal === undefined ? point.value : null;
      state.newest = point.timestamp;
      const surprise = learnRun(state, condition.holds(value, state.last));
      state.last = value;
      if (state.judged < WARM_UP) return { state, score: 0, kind: 'warming-up' };
      const score = scoreOf(surprise);
      return score < ANOMALY_THRESHOLD ? { state, score } : { state, score, kind: condition.kind };
    },
    migrate: (stored) => readState(name, init(), stored),
  };
}

const isAbsent = (refusal: UnjudgedKind): boolean => refusal === 'missing';

function learnRun(state: RunState, holds: boolean): number {
  state.judged += 1;
  const weight = Math.max(LEAST_WEIGHT, 1 / (state.judged + 100));
  if (state.run === 0) state.onsets += weight * (Number(holds) - state.onsets);
  else state.persistence += weight * (Number(holds) - state.persistence);
  // A run since the first point is how the series is, no news.
  const isNews = holds && state.run < state.judged - 2;
  const surprise = isNews ? surpriseOfRun(state) : 0;
  state.run = holds ? Math.min(MOST_RUN, state.run + 1) : 0;
  return surprise;
}

/** -ln(onset chance x persistence^(points so far)). */
function surpriseOfRun({ onsets, persistence, run }: RunState): number {
  return -Math.log(Math.max(LEAST_CHANCE, onsets)) - run * Math.log(Math.max(LEAST_CHANCE, persistence));
}
