import type { ClockTimer } from './clock.ts';

/** `setTimeout` runs a longer delay at once (Node: TimeoutOverflowWarning), so longer ones are waited for in pieces. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/** Runs `task` after `delayMs` of real time; never keeps the process alive. */
export function realTimer(delayMs: number, task: () => void): ClockTimer {
  let timer: NodeJS.Timeout;
  const wait = (leftMs: number) => {
    const stepMs = Math.min(Math.max(leftMs, 0), LONGEST_TIMEOUT_MS);
    timer = setTimeout(() => (leftMs > stepMs ? wait(leftMs - stepMs) : task()), stepMs);
    timer.unref();
  };
  wait(delayMs);
  return { cancel: () => clearTimeout(timer) };
}
