import type { Detector } from './detector.ts';
import { type UnusualValueState, unusualValue } from './evidence/unusual-value.ts';
import { type EvidenceDetectorState, evidenceDetector } from './evidence-detector.ts';

/** Finds values that the series hardly ever had, whatever the time: {@link unusualValue} alone. */
export const unusualValueDetector: Detector<EvidenceDetectorState<UnusualValueState>> = evidenceDetector(unusualValue, {
  name: 'unusual-value',
  version: 1,
});
