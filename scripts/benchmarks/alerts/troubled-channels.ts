import { setTimeout as sleep } from 'node:timers/promises';
import {
  ChannelLimits,
  type ChannelTrouble,
  type ReceivedMessage,
} from '../../../packages/sandbox/src/testing/channels/fake-channels.ts';
import { seededRandom } from '../../traffic/seeded-random.ts';

const SLOW_MS = 150;

interface Trouble {
  /** Of a hundred calls, how many meet it. */
  readonly sharePct: number;
  readonly meet: () => Promise<ChannelTrouble>;
}

const TROUBLES: readonly Trouble[] = [
  { sharePct: 3, meet: async () => ({ status: 503 }) },
  { sharePct: 2, meet: async () => 'hang-up' },
  { sharePct: 1, meet: async () => 'hang-up-before' },
  { sharePct: 1, meet: () => sleep(SLOW_MS, undefined) },
];

/**
 * The rate limits that Slack and PagerDuty have in earnest and, for what they let through, trouble that comes by a seeded dice; the webhook `/dead` answers
 * nobody.
 * @param now epoch milliseconds
 */
export function troubledChannels(
  seed: number,
  now: () => number,
): (message: ReceivedMessage) => Promise<ChannelTrouble> {
  const dice = seededRandom(seed);
  const limits = new ChannelLimits(now);
  return async (message) => {
    if (message.channel === 'webhook' && message.method === 'dead') return { status: 410 };
    return limitOn(message, limits) ?? troubleAt(dice() * 100)?.meet();
  };
}

function limitOn({ channel, method, body }: ReceivedMessage, limits: ChannelLimits): ChannelTrouble {
  if (channel === 'webhook') return undefined;
  const refusal =
    channel === 'slack' ? limits.slack(method, String(body.channel)) : limits.pagerDuty(String(body.routing_key));
  if (refusal === undefined) return undefined;
  const { retryAfterSeconds } = refusal;
  return { status: 429, ...(retryAfterSeconds && { headers: { 'retry-after': String(retryAfterSeconds) } }) };
}

/** The trouble whose share a roll of 0 to 100 falls into. */
function troubleAt(roll: number): Trouble | undefined {
  let upTo = 0;
  return TROUBLES.find(({ sharePct }) => {
    upTo += sharePct;
    return roll < upTo;
  });
}
