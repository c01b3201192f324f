import { setTimeout as sleep } from 'node:timers/promises';
import type { ChannelTrouble, ReceivedMessage } from '../../../packages/sandbox/src/testing/channels/fake-channels.ts';
import { seededRandom } from '../../traffic/seeded-random.ts';

const RETRY_AFTER_SECONDS = 7;
const SLOW_MS = 150;
const TOO_MANY = { status: 429, headers: { 'retry-after': String(RETRY_AFTER_SECONDS) } } as const;

interface Trouble {
  /** Of a hundred calls, how many meet it. */
  readonly sharePct: number;
  readonly meet: () => Promise<ChannelTrouble>;
}

const TROUBLES: readonly Trouble[] = [
  { sharePct: 3, meet: async () => ({ status: 503 }) },
  { sharePct: 3, meet: async () => TOO_MANY },
  { sharePct: 2, meet: async () => 'hang-up' },
  { sharePct: 1, meet: async () => 'hang-up-before' },
  { sharePct: 1, meet: () => sleep(SLOW_MS, undefined) },
];

/** Trouble that comes by a seeded dice; the webhook `/dead` answers nobody. */
export function troubledChannels(seed: number): (message: ReceivedMessage) => Promise<ChannelTrouble> {
  const dice = seededRandom(seed);
  return async ({ method, channel }) => {
    if (channel === 'webhook' && method === 'dead') return { status: 410 };
    return troubleAt(dice() * 100)?.meet();
  };
}

/** The trouble whose share a roll of 0 to 100 falls into. */
function troubleAt(roll: number): Trouble | undefined {
  let upTo = 0;
  return TROUBLES.find(({ sharePct }) => {
    upTo += sharePct;
    return roll < upTo;
  });
}
