import type { Detector } from './detector.ts';
import { type VarianceChangeState, varianceChange } from './evidence/variance-change.ts';
import { type EvidenceDetectorState, evidenceDetector } from './evidence-detector.ts';

export const varianceChangeDetector: Detector<EvidenceDetectorState<VarianceChangeState>> = evidenceDetector(
  varianceChange,
  {
    name: 'variance-change',
    version: 1,
  },
);
