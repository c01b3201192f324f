import { addToBucket, enterBucket, newSeasonalProfile, type SeasonalProfile } from '../statistics/seasonal-profile.ts';
import { ABSOLUTE_FLOOR, type Evidence, RELATIVE_FLOOR, weightOf } from './evidence.ts';

export interface ResidualState {
  seen: number;
  level: number;
  /** Mean absolute residual, without outliers. */
  scale: number;
  /** The same by the time of day: a quiet night and a busy noon have noise of their own. */
  readonly scales: SeasonalProfile;
}

const LEVEL_ALPHA = 0.3;
const SCALE_ALPHA = 0.003;
/** Residuals count up to this many scales: winsorised, so that an anomaly does not widen what is normal (Huber 1964). */
const CLIP = 5;
const BURN_IN = 50;

/** Distance from an exponentially weighted level (Roberts 1959), over a robust scale learnt by the time of day. */
export const residual = (share: number): Evidence<ResidualState> => ({
  kind: 'spike',
  init: () => ({ seen: 0, level: 0, scale: 0, scales: newSeasonalProfile() }),
  measure(state, timestamp, value) {
    state.seen += 1;
    if (state.seen === 1) state.level = value;
    const bucket = enterBucket(state.scales, timestamp);
    const distance = Math.abs(value - state.level);
    const z = distance / (scaleAt(state, bucket, share) + RELATIVE_FLOOR * Math.abs(state.level) + ABSOLUTE_FLOOR);
    const clipped = Math.min(distance, CLIP * state.scale + ABSOLUTE_FLOOR);
    state.level += weightOf(state.seen, LEVEL_ALPHA) * (value - state.level);
    state.scale += state.seen < BURN_IN ? (distance - state.scale) / state.seen : SCALE_ALPHA * (clipped - state.scale);
    addToBucket(state.scales, clipped);
    return z;
  },
});

function scaleAt({ scales, scale }: ResidualState, bucket: number, share: number): number {
  if ((scales.visits[bucket] ?? 0) < 2) return scale;
  return share * Math.max(scales.means[bucket] ?? 0, 0.3 * scale) + (1 - share) * scale;
}
