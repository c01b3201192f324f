/** What was alarming last, and how many points ago. */
export interface Refractory {
  age: number;
  height: number;
}

/** From this surprise on an alarm was given: what follows is the same incident for a while. */
const ALARM = 6;
const MEMORY_POINTS = 100;
const DAMPING = 0.6;
/** So many times the last alarm's surprise is news all the same. */
const NEWS = 1.5;

export const newRefractory = (): Refractory => ({ age: 0, height: 0 });

/** Dampens what follows an alarm, less and less over some hundred points: one incident is one alarm. */
export function dampen(state: Refractory, surprise: number): number {
  state.age = Math.min(state.age + 1, 4 * MEMORY_POINTS);
  const isEcho = state.age < 4 * MEMORY_POINTS && surprise < NEWS * state.height;
  const damped = isEcho ? surprise * (1 - DAMPING * Math.exp(-state.age / MEMORY_POINTS)) : surprise;
  if (damped > ALARM || (surprise > ALARM && surprise >= state.height)) {
    state.age = 0;
    state.height = surprise;
  }
  return damped;
}
