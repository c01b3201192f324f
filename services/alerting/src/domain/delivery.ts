import type { Called } from './rota/recipients.ts';

/**
 * What one recipient on one channel is to know of one alert. A level, not a message: `wanted` is the alert's revision that the recipient must
 * have seen, `sent` the one that was sent. Sending brings them together, however often it is tried.
 */
export interface Delivery {
  readonly alertId: string;
  /** The channel's name in the policy. */
  readonly channel: string;
  /** A conversation, an address, a URL, a routing key's name: whatever the channel sends to. */
  readonly recipient: string;
  /** Whom it reaches, where it reaches one person. */
  readonly person?: string;
  /** Whom it calls in a conversation that many read, and the revision for which it does. */
  readonly calls?: { readonly who: Called; readonly revision: number };
  readonly step: number;
  readonly wanted: number;
  /** -1 before anything was sent. */
  readonly sent: number;
  /** When the first message was sent; absent where none was, or in rows of the version before. */
  readonly firstSentAt?: number;
  /** The newest revision that was sent before `sent`: all that is known of by whom the newest did not reach after all. */
  readonly sentBefore?: number;
  readonly state: 'pending' | 'delivered' | 'failed' | 'undeliverable';
  /** When it was first asked for. */
  readonly plannedAt: number;
  /** When `wanted` last rose, and the attempts since. */
  readonly wantedAt: number;
  readonly attempts: number;
  readonly updatedAt: number;
  /** Until when the channel told us to wait: an order that comes before waits again. News has to wait, too. */
  readonly notBefore?: number;
  readonly reason?: string;
  /** What the channel gave back for the first message: a thread to update. */
  readonly receipt?: string;
  /** While somebody sends: who, and until when nobody else may. One that ran out says that a send may or may not have happened. */
  readonly lease?: { readonly owner: string; readonly until: number; readonly revision: number };
  /** When attempts were made that ended without an answer: a message of that time may have arrived. */
  readonly unsure?: { readonly since: number; readonly until: number };
  /** The channel that this one stands in for. */
  readonly fallbackOf?: string;
  /** A recovery is announced to those who heard of the trouble, and is no reason to try other channels. */
  readonly isFarewell?: boolean;
}

/** Names a delivery within its alert. */
export const deliveryKey = ({ channel, recipient }: Pick<Delivery, 'channel' | 'recipient'>): string =>
  `${channel}|${recipient}`;
