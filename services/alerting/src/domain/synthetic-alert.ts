import type { Delivery } from './delivery.ts';

const DAY_MS = 86_400_000;

/** Names the synthetic alert of the UTC day in which that instant lies: its subject, and the group that it asks for. */
export const syntheticIdOn = (at: number): string =>
  `synthetic/${new Date(Math.floor(at / DAY_MS) * DAY_MS).toISOString().slice(0, 10)}`;

/** Whether it reached anybody on each channel that it was to go through, by channel. What came after the first time proves nothing more. */
export function channelsReached(
  deliveries: readonly Pick<Delivery, 'channel' | 'sent'>[],
): ReadonlyMap<string, boolean> {
  const reached = new Map<string, boolean>();
  for (const { channel, sent } of deliveries) reached.set(channel, reached.get(channel) === true || sent >= 0);
  return reached;
}
