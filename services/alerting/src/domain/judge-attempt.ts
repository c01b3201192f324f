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

type Sent = Extract<SendOutcome, { kind: 'sent' }>;
type NotSent = Exclude<SendOutcome, Sent>;

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
/** No channel that was given up is left alone for longer, whatever it asks for. */
const LONGEST_REST_MS = 86_400_000;
const REASON_LIMIT = 300;

/** When an attempt was made, and of what. */
interface Attempt {
  /** The alert's revision that was sent. */
  readonly revision: number;
  readonly now: number;
  /** 0 to 1. */
  readonly jitter: number;
}

/**
 * What an attempt means for its delivery. Retries double from two seconds to five minutes, with up to a quarter of jitter; after eight, or at once where
 * none can help, the channel gives up. A rate limit is no failure: being told to wait does not count, unless it would be for too long. Pure.
 */
export function judgeAttempt(delivery: Delivery, outcome: SendOutcome, attempt: Attempt): AttemptVerdict {
  return outcome.kind === 'sent' ? succeeded(delivery, outcome, attempt) : failed(delivery, outcome, attempt);
}

function succeeded(delivery: Delivery, outcome: Sent, { revision, now }: Attempt): AttemptVerdict {
  const { lease: _, unsure: __, reason: ___, notBefore: ____, ...rest } = delivery;
  const receipt = outcome.receipt ?? delivery.receipt;
  const sent = Math.max(delivery.sent, revision);
  const isDone = sent >= delivery.wanted;
  return {
    delivery: {
      ...rest,
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

function failed(delivery: Delivery, outcome: NotSent, { now, jitter }: Attempt): AttemptVerdict {
  const { lease: _, unsure: __, notBefore: ___, ...rest } = delivery;
  const unsure = unsureOf(delivery, outcome, now);
  const toldMs = outcome.kind === 'later' ? outcome.afterMs : undefined;
  const attempts = delivery.attempts + (toldMs === undefined ? 1 : 0);
  const isTooLong = now + (toldMs ?? 0) - delivery.wantedAt >= LONGEST_WAIT_MS;
  const gaveUp = outcome.kind === 'never' || attempts >= MAX_ATTEMPTS || isTooLong;
  const judged: Delivery = {
    ...rest,
    attempts,
    updatedAt: now,
    reason: cut(readable(outcome.reason), REASON_LIMIT),
    state: gaveUp ? 'failed' : 'pending',
    ...(unsure && { unsure }),
  };
  if (gaveUp) {
    const notBefore = toldMs !== undefined && { notBefore: now + Math.min(toldMs, LONGEST_REST_MS) };
    return { delivery: { ...judged, ...notBefore }, gaveUp };
  }
  const retryAfterMs = Math.round((toldMs ?? backOffMs(attempts)) * (1 + jitter / 4));
  const told = toldMs === undefined ? judged : { ...judged, notBefore: now + retryAfterMs };
  return { delivery: told, gaveUp, retryAfterMs };
}

/** While which times a message may have arrived that nobody confirmed. */
const unsureOf = ({ lease, unsure }: Delivery, outcome: NotSent, now: number): Delivery['unsure'] =>
  outcome.kind === 'later' && outcome.isUnsure ? widened(unsure, startedAt(lease) ?? now, now) : unsure;

const backOffMs = (attempts: number): number =>
  Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.max(0, attempts - 1));
