import type { Detector } from './detector.ts';
import { type VarianceChangeState, varianceChange } from './evidence/variance-change.ts';
import { type EvidenceDetectorState, evidenceDetector } from './evidence-detector.ts';

/** Finds series that begin to flutter or to stand still: {@link varianceChange} alone. */
export const varianceChangeDetector: Detector<EvidenceDetectorState<VarianceChangeState>> = evidenceDetector(
  varianceChange,
  {
    name: 'variance-change',
    version: 1,
  },
);
