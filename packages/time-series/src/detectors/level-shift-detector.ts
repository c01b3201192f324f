import type { Detector } from './detector.ts';
import { type LevelShiftState, levelShift } from './evidence/level-shift.ts';
import { type EvidenceDetectorState, evidenceDetector } from './evidence-detector.ts';

/** Finds a level that has moved and stays: {@link levelShift} alone. */
export const levelShiftDetector: Detector<EvidenceDetectorState<LevelShiftState>> = evidenceDetector(levelShift, {
  name: 'level-shift',
  version: 1,
});
