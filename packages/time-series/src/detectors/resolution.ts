/** Typical time between points, seconds; 0 before the second point. */
export interface Resolution {
  newest: number | null;
  stepSeconds: number;
}

const ALPHA = 0.02;
const FINE_SECONDS = 60;
const COARSE_SECONDS = 300;

/** Learns the step to a new point; gaps and jitter move it slowly. */
export function learnResolution(state: Resolution, timestamp: number): void {
  if (state.newest === null) return;
  const seconds = (timestamp - state.newest) / 1000;
  const half = 0.5 * state.stepSeconds;
  if (state.stepSeconds === 0) state.stepSeconds = seconds;
  else state.stepSeconds += ALPHA * Math.max(-half, Math.min(half, seconds - state.stepSeconds));
}

/**
 * 1 for points a minute apart, 0 for five minutes and more, by the logarithm in between. A minute's point is judged by itself, as its
 * incidents last minutes; of coarser points, two or three are needed to tell an incident from a stray one.
 */
export function shareOfFinePoints({ stepSeconds }: Resolution): number {
  if (stepSeconds === 0 || stepSeconds >= COARSE_SECONDS) return 0;
  if (stepSeconds <= FINE_SECONDS) return 1;
  return Math.log(COARSE_SECONDS / stepSeconds) / Math.log(COARSE_SECONDS / FINE_SECONDS);
}
