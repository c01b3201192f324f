import type { Clock } from './clock.ts';
import { realTimer } from './real-timer.ts';

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  schedule: (delayMs, task) => realTimer(delayMs, task),
  sleep: (delayMs) => new Promise((resolve) => realTimer(delayMs, resolve)),
};
