import { setTimeout as sleep } from 'node:timers/promises';
import { LamplighterError } from '@lamplighter/lambda-kit';

const MAX_TRIES = 20;
const LONGEST_WAIT_MS = 200;

/**
 * Reads, decides and writes again until nobody was faster, after waits that grow and differ, so that those who met do not meet again. With so many tries
 * in vain the whole effect fails, and its event comes again.
 * @param attempt gives undefined for a conflict
 */
export async function untilCommitted<T>(attempt: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const result = await attempt();
    if (result !== undefined) return result;
    await sleep(Math.random() * Math.min(LONGEST_WAIT_MS, 5 * 2 ** tries));
  }
  throw new LamplighterError(
    'OUTBOX_CONTENDED',
    `Somebody else changed the alert ${MAX_TRIES} times in a row; the event will come again.`,
  );
}
