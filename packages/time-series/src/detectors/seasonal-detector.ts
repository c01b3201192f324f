import type { Detector } from './detector.ts';
import { type UnusualForTheTimeState, unusualForTheTime } from './evidence/unusual-for-the-time.ts';
import { type EvidenceDetectorState, evidenceDetector } from './evidence-detector.ts';

/** Finds values that are unusual for their time of the day or week: {@link unusualForTheTime} alone. */
export const seasonalDetector: Detector<EvidenceDetectorState<UnusualForTheTimeState>> = evidenceDetector(
  unusualForTheTime,
  {
    name: 'seasonal',
    version: 1,
  },
);
