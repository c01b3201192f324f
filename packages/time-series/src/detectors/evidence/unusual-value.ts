import { ABSOLUTE_FLOOR, type Evidence, RELATIVE_FLOOR, weightOf } from './evidence.ts';

export interface UnusualValueState {
  seen: number;
  mean: number;
  deviation: number;
}

const ALPHA = 0.003;

/** Distance from the long-run mean in mean absolute deviations (Geary 1935): a value that this series does not take. */
export const unusualValue: Evidence<UnusualValueState> = {
  kind: 'unusual-value',
  init: () => ({ seen: 0, mean: 0, deviation: 0 }),
  measure(state, _timestamp, value) {
    state.seen += 1;
    if (state.seen === 1) state.mean = value;
    const floor = RELATIVE_FLOOR * Math.abs(state.mean) + ABSOLUTE_FLOOR;
    const z = Math.abs(value - state.mean) / (state.deviation + floor);
    const weight = weightOf(state.seen, ALPHA);
    state.mean += weight * (value - state.mean);
    state.deviation += weight * (Math.abs(value - state.mean) - state.deviation);
    return z;
  },
};
