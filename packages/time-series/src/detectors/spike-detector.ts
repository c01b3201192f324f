import type { Detector } from './detector.ts';
import { type ResidualState, residual } from './evidence/residual.ts';
import { type EvidenceDetectorState, evidenceDetector } from './evidence-detector.ts';

/** Finds single points far from where smoothing expects them: {@link residual} alone. */
export const spikeDetector: Detector<EvidenceDetectorState<ResidualState>> = evidenceDetector(
  residual({ share: 0.7, levelAlpha: 0.3 }),
  {
    name: 'spike',
    version: 1,
  },
);
