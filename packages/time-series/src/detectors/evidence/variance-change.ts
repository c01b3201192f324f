import { ABSOLUTE_FLOOR, type Evidence, RELATIVE_FLOOR, weightOf } from './evidence.ts';

export interface VarianceChangeState {
  seen: number;
  level: number;
  /** Mean absolute residual of the last points, of many points, and of residuals that were clipped. */
  recent: number;
  usual: number;
  typical: number;
}

const LEVEL_ALPHA = 0.3;
const RECENT_ALPHA = 0.05;
const USUAL_ALPHA = 0.002;
const CLIP = 10;

/** The noise of the last twenty points over the noise of the last five hundred (exponentially weighted moving deviation, MacGregor and Harris 1993). */
export const varianceChange: Evidence<VarianceChangeState> = {
  kind: 'variance-change',
  init: () => ({ seen: 0, level: 0, recent: 0, usual: 0, typical: 0 }),
  measure(state, _timestamp, value) {
    state.seen += 1;
    if (state.seen === 1) state.level = value;
    const floor = RELATIVE_FLOOR * Math.abs(state.level) + ABSOLUTE_FLOOR;
    const distance = Math.abs(value - state.level);
    const clipped = Math.min(distance, CLIP * (state.typical + floor));
    state.recent += weightOf(state.seen, RECENT_ALPHA) * (clipped - state.recent);
    const z = state.recent / (state.usual + floor);
    state.level += weightOf(state.seen, LEVEL_ALPHA) * (value - state.level);
    state.usual += weightOf(state.seen, USUAL_ALPHA) * (clipped - state.usual);
    state.typical +=
      weightOf(state.seen, USUAL_ALPHA) * (Math.min(distance, 5 * (state.typical + floor)) - state.typical);
    return z;
  },
};
