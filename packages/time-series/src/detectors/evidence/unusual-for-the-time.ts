import { addToBucket, enterBucket, newSeasonalProfile, type SeasonalProfile } from '../statistics/seasonal-profile.ts';
import { ABSOLUTE_FLOOR, type Evidence, RELATIVE_FLOOR, weightOf } from './evidence.ts';

export interface UnusualForTheTimeState {
  seen: number;
  mean: number;
  scale: number;
  readonly levels: SeasonalProfile;
}

const MEAN_ALPHA = 0.003;
const SCALE_ALPHA = 0.002;
const CLIP = 20;

/** Distance from what the last days had at this time of day (seasonal naive, smoothed over days), over its usual size. */
export const unusualForTheTime: Evidence<UnusualForTheTimeState> = {
  kind: 'unusual-for-the-time',
  init: () => ({ seen: 0, mean: 0, scale: 0, levels: newSeasonalProfile() }),
  measure(state, timestamp, value) {
    state.seen += 1;
    if (state.seen === 1) state.mean = value;
    const bucket = enterBucket(state.levels, timestamp);
    let z = 0;
    if ((state.levels.visits[bucket] ?? 0) > 0) {
      const distance = Math.abs(value - (state.levels.means[bucket] ?? 0));
      z = distance / (state.scale + RELATIVE_FLOOR * Math.abs(state.mean) + ABSOLUTE_FLOOR);
      const clipped = state.scale > 0 ? Math.min(distance, CLIP * state.scale) : distance;
      state.scale += weightOf(state.seen, SCALE_ALPHA) * (clipped - state.scale);
    }
    state.mean += weightOf(state.seen, MEAN_ALPHA) * (value - state.mean);
    addToBucket(state.levels, value);
    return z;
  },
};
