import type { Delivery } from './delivery.ts';
import { startedAt, widened } from './lease.ts';
import { cut, readable } from './signals/bound-signal.ts';

/** What a channel said to one attempt. */
export type SendOutcome =
  | { readonly kind: 'sent'; readonly receipt?: string }
  /** Worth another try; `afterMs` where the channel said when; `isUnsure` where nobody knows whether the message arrived. */
  | { readonly kind: 'later'; readonly reason: string; readonly afterMs?: number; readonly isUnsure?: boolean }
  /** Will never work as it is: no such conversation, revoked token. */
  | { readonly kind: 'never'; readonly reason: string };

export interface AttemptVerdict {
  readonly delivery: Delivery;
  /** When to try again. */
  readonly retryAfterMs?: number;
  /** This channel gave up: try those that stand in for it. */
  readonly gaveUp: boolean;
}

const MAX_ATTEMPTS = 8;
const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 300_000;
/** A channel that only ever says "later" is given up after so long. */
const LONGEST_WAIT_MS = 2 * 3_600_000;
const REASON_LIMIT = 300;

/**
 * What an attempt means for its delivery. Retries double from two seconds to five minutes, with up to a quarter of jitter; after eight, or at once where
 * none can help, the channel gives up. A rate limit is no failure: being told to wait does not count. Pure.
 * @param revision the alert's revision that was sent
 * @param jitter 0 to 1
 */
export function judgeAttempt(
  delivery: Delivery,
  outcome: SendOutcome,
  { revision, now, jitter }: { readonly revision: number; readonly now: number; readonly jitter: number },
): AttemptVerdict {
  const { lease, unsure: wasUnsure, ...rest } = delivery;
  if (outcome.kind === 'sent') {
    const { reason: __, ...clean } = rest;
    const receipt = outcome.receipt ?? delivery.receipt;
    const sent = Math.max(delivery.sent, revision);
    const isDone = sent >= delivery.wanted;
    return {
      delivery: {
        ...clean,
        sent,
        attempts: delivery.attempts + 1,
        state: isDone ? 'delivered' : 'pending',
        updatedAt: now,
        ...(receipt !== undefined && { receipt }),
      },
      gaveUp: false,
      ...(!isDone && { retryAfterMs: 0 }),
    };
  }
  const isUnsure = outcome.kind === 'later' && outcome.isUnsure;
  const unsure = isUnsure ? widened(wasUnsure, startedAt(lease) ?? now, now) : wasUnsure;
  const attempts = delivery.attempts + (outcome.kind === 'later' && outcome.afterMs !== undefined ? 0 : 1);
  const gaveUp = outcome.kind === 'never' || attempts >= MAX_ATTEMPTS || now - delivery.wantedAt >= LONGEST_WAIT_MS;
  const failed: Delivery = {
    ...rest,
    attempts,
    updatedAt: now,
    reason: cut(readable(outcome.reason), REASON_LIMIT),
    state: gaveUp ? 'failed' : 'pending',
    ...(unsure && { unsure }),
  };
  if (gaveUp) return { delivery: failed, gaveUp: true };
  const backOff = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.max(0, attempts - 1));
  const wait = outcome.kind === 'later' ? (outcome.afterMs ?? backOff) : backOff;
  return { delivery: failed, gaveUp: false, retryAfterMs: Math.round(wait * (1 + jitter / 4)) };
}
