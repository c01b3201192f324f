import { setTimeout as sleep } from 'node:timers/promises';
import type { ChannelTrouble, ReceivedMessage } from '../../../packages/sandbox/src/testing/channels/fake-channels.ts';

/** Of a hundred calls: how many meet which trouble. */
const SHARES_PCT = { fails: 3, 'rate-limited': 3, 'hang-up': 2, 'hang-up-before': 1, slow: 1 } as const;
const RETRY_AFTER_SECONDS = 7;
const SLOW_MS = 150;

/** Trouble that comes by a seeded dice; the webhook `/dead` answers nobody. */
export function troubledChannels(seed: number): (message: ReceivedMessage) => Promise<ChannelTrouble> {
  const dice = seededDice(seed);
  return async ({ method, channel }) => {
    if (channel === 'webhook' && method === 'dead') return { status: 410 };
    let roll = dice() * 100;
    for (const [trouble, share] of Object.entries(SHARES_PCT)) {
      roll -= share;
      if (roll >= 0) continue;
      if (trouble === 'fails') return { status: 503 };
      if (trouble === 'rate-limited') return { status: 429, headers: { 'retry-after': String(RETRY_AFTER_SECONDS) } };
      if (trouble !== 'slow') return trouble as 'hang-up' | 'hang-up-before';
      await sleep(SLOW_MS);
      return undefined;
    }
    return undefined;
  };
}

/** Mulberry32: 0 to 1. */
function seededDice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
