import type { ClosingPolicy } from './closing.ts';
import { WINDOW_MS } from './minute.ts';

/**
 * What is written now is seen by a closing that begins this much later, milliseconds: an index follows its table within a fraction of a
 * second (Amazon DynamoDB Developer Guide, "Global secondary indexes"), and clocks differ a little.
 */
export const SETTLING_MS = 1_000;
/** SQS delays a message by at most 15 minutes (SendMessage, API reference). */
const MAX_DELAY_SECONDS = 900;
/** CloudWatch Logs refuses events that lie further in the future (PutLogEvents, API reference). */
const FUTURE_MS = 2 * 3_600_000;
/** A minute that is corrected this late is nobody's news: much may come at once, and is gathered. */
const OLD_MS = 15 * 60_000;
const OLD_DELAY_SECONDS = 60;

export interface ClosingTime {
  readonly delaySeconds: number;
  /** No closing that this message brings begins before; epoch milliseconds. */
  readonly dueAt: number;
}

/** Whether a minute's window is published at all: neither too old nor so far in the future that no log can tell of it. */
export function isClosable(minute: number, now: number, { maxAgeMs }: ClosingPolicy): boolean {
  return minute + WINDOW_MS >= now - maxAgeMs && minute <= now + FUTURE_MS;
}

export function isOver(minute: number, now: number): boolean {
  return minute + WINDOW_MS <= now;
}

/**
 * When a minute that changed now is to be closed. In time: at its end and the grace, to the whole second below, since a queue counts in
 * seconds. Too late for that: after the grace, so that what comes together is corrected together.
 */
export function closingTime(minute: number, now: number, { graceMs }: ClosingPolicy): ClosingTime {
  const end = minute + WINDOW_MS;
  const waitMs = end + graceMs - now;
  if (now - end > OLD_MS) return after(OLD_DELAY_SECONDS, now);
  if (waitMs <= 0) return after(wholeSeconds(graceMs), now);
  const seconds = wholeSeconds(waitMs);
  // Handed out before the minute is over, it is put back: see `closeWindows`.
  return seconds > MAX_DELAY_SECONDS ? { delaySeconds: MAX_DELAY_SECONDS, dueAt: end } : after(seconds, now);
}

const wholeSeconds = (ms: number): number => Math.max(SETTLING_MS / 1000, Math.floor(ms / 1000));

function after(delaySeconds: number, now: number): ClosingTime {
  return { delaySeconds, dueAt: now + delaySeconds * 1000 };
}
