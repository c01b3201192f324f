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

const SCALE_ALPHA = 0.003;
/** Residuals count up to this many scales: winsorised, so that an anomaly does not widen what is normal (Huber 1964). */
const CLIP = 5;
const BURN_IN = 50;

export interface ResidualOptions {
  /** How far the scale of the time of day counts in place of that of all points: 0 to 1. */
  readonly share: number;
  /** Weight of the newest point in the level. */
  readonly levelAlpha: number;
}

/**
 * Distance from an exponentially weighted level (Roberts 1959), over a robust scale learnt by the time of day. Signed: negative below
 * the level.
 */
export const residual = ({ share, levelAlpha }: ResidualOptions): Evidence<ResidualState> => ({
  kind: 'spike',
  init: () => ({ seen: 0, level: 0, scale: 0, scales: newSeasonalProfile() }),
  measure(state, timestamp, value) {
    state.seen += 1;
    if (state.seen === 1) state.level = value;
    const bucket = enterBucket(state.scales, timestamp);
    const signed = value - state.level;
    const distance = Math.abs(signed);
    const z = signed / (scaleAt(state, bucket, share) + RELATIVE_FLOOR * Math.abs(state.level) + ABSOLUTE_FLOOR);
    const clipped = Math.min(distance, CLIP * state.scale + ABSOLUTE_FLOOR);
    state.level += weightOf(state.seen, levelAlpha) * signed;
    state.scale += state.seen < BURN_IN ? (distance - state.scale) / state.seen : SCALE_ALPHA * (clipped - state.scale);
    addToBucket(state.scales, clipped);
    return z;
  },
});

function scaleAt({ scales, scale }: ResidualState, bucket: number, share: number): number {
  if ((scales.visits[bucket] ?? 0) < 2) return scale;
  return share * Math.max(scales.means[bucket] ?? 0, 0.3 * scale) + (1 - share) * scale;
}
