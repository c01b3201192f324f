import { ABSOLUTE_FLOOR, type Evidence, RELATIVE_FLOOR, weightOf } from './evidence.ts';

export interface LevelShiftState {
  seen: number;
  level: number;
  scale: number;
  up: number;
  down: number;
}

const LEVEL_ALPHA = 0.005;
const SCALE_ALPHA = 0.005;
/** A step counts up to so many scales: one spike is no shift. */
const CLIP = 3;
/** Deviations below so many scales are slack. */
const SLACK = 0.75;
const MOST = 1e3;

/** Two-sided cumulative sum of deviations from a slow level (CUSUM, Page 1954): small, but lasting. */
export const levelShift: Evidence<LevelShiftState> = {
  kind: 'level-shift',
  init: () => ({ seen: 0, level: 0, scale: 0, up: 0, down: 0 }),
  measure(state, _timestamp, value) {
    state.seen += 1;
    if (state.seen === 1) state.level = value;
    const distance = value - state.level;
    const scale = state.scale + RELATIVE_FLOOR * Math.abs(state.level) + ABSOLUTE_FLOOR;
    const step = Math.max(-CLIP, Math.min(CLIP, distance / scale));
    state.up = Math.min(MOST, Math.max(0, state.up + step - SLACK));
    state.down = Math.min(MOST, Math.max(0, state.down - step - SLACK));
    state.level += weightOf(state.seen, LEVEL_ALPHA) * distance;
    state.scale += weightOf(state.seen, SCALE_ALPHA) * (Math.min(Math.abs(distance), 5 * scale) - state.scale);
    return Math.max(state.up, state.down);
  },
};
