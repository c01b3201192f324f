import type { Detector } from './detector.ts';
import { type ResidualState, residual } from './evidence/residual.ts';
import { type EvidenceDetectorState, evidenceDetector } from './evidence-detector.ts';

export const spikeDetector: Detector<EvidenceDetectorState<ResidualState>> = evidenceDetector(
  residual({ share: 0.7, levelAlpha: 0.3 }),
  {
    name: 'spike',
    version: 1,
  },
);
