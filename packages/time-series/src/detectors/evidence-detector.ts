import type { Detector, DetectorPoint, VersionedState } from './detector.ts';
import type { Evidence } from './evidence/evidence.ts';
import { type PointGate, refusePoint } from './point-gate.ts';
import { ANOMALY_THRESHOLD, scoreOf } from './score.ts';
import { newTailModel, surpriseOf, type TailModel, type TailPrior } from './statistics/tail-surprise.ts';
import { readState } from './stored-state.ts';

export interface EvidenceDetectorState<State> extends VersionedState, PointGate {
  judged: number;
  readonly evidence: State;
  readonly tail: TailModel;
}

const PRIOR: TailPrior = { quantile: 0.98, strength: 50, meanExcess: 0.3 };
const BURN_IN = 12;
const WARM_UP = 100;

/** A detector that looks at a series in one way, and says how unlikely what it sees is for this series. */
export function evidenceDetector<State>(
  evidence: Evidence<State>,
  { name, version }: { readonly name: string; readonly version: number },
): Detector<EvidenceDetectorState<State>> {
  const init = (): EvidenceDetectorState<State> => ({
    version,
    newest: null,
    judged: 0,
    evidence: evidence.init(),
    tail: newTailModel(PRIOR),
  });
  return {
    name,
    version,
    init,
    update(state, point: DetectorPoint) {
      const refusal = refusePoint(state, point);
      if (refusal !== undefined) return { state, score: 0, kind: refusal };
      state.newest = point.timestamp;
      state.judged += 1;
      const z = evidence.measure(state.evidence, point.timestamp, point.value ?? 0);
      const surprise = state.judged < BURN_IN ? 0 : surpriseOf(state.tail, Math.abs(z), PRIOR);
      if (state.judged < WARM_UP) return { state, score: 0, kind: 'warming-up' };
      const score = scoreOf(surprise);
      return score < ANOMALY_THRESHOLD ? { state, score } : { state, score, kind: evidence.kind };
    },
    migrate: (stored) => readState(name, init(), stored),
  };
}
