import { cutText } from '@lamplighter/contracts/cut-text';
import type { Delivery } from './delivery.ts';
import { startedAt, widened } from './lease.ts';
import { readable } from './signals/bound-signal.ts';

/** What a channel said to one attempt. */
export type SendOutcome =
  | { readonly kind: 'sent'; readonly receipt?: string }
  /** Worth another try. */
  | {
      readonly kind: 'later';
      readonly reason: string;
      /** Where the channel said when. */
      readonly afterMs?: number;
      /** It has too much to do, and may not say until when. */
      readonly isLimited?: boolean;
      /** Nobody knows whether the message arrived. */
      readonly isUnsure?: boolean;
    }
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

/** Failures after which another channel stands in, where there is one. */
const MAX_ATTEMPTS = 8;
const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 300_000;
/**
 * How long a channel that does not say so is left alone at first. Amazon SES asks for up to ten minutes and PagerDuty for a few:
 * https://docs.aws.amazon.com/ses/latest/dg/manage-sending-quotas-errors.html, https://developer.pagerduty.com/docs/events-api-v2-overview
 */
const FIRST_REST_MS = 30_000;
/** What is pressing asks again after this time at most, so it comes before what waits for minutes. */
const LONGEST_PRESSING_REST_MS = 30_000;
/** A channel that only ever says "later" is given up after so long. */
const LONGEST_WAIT_MS = 2 * 3_600_000;
/** No channel that was given up is left alone for longer, whatever it asks for. */
const LONGEST_REST_MS = 86_400_000;
const REASON_LIMIT = 300;

/** When an attempt was made, and of what. */
export interface Attempt {
  /** The alert's revision that was sent. */
  readonly revision: number;
  readonly now: number;
  /** 0 to 1. */
  readonly jitter: number;
  /** Another channel would stand in for this one. */
  readonly hasStandIn: boolean;
  /** Critical, and in nobody's hands. */
  readonly isPressing: boolean;
}

/**
 * What an attempt means for its delivery. Retries double from two seconds to five minutes, with up to a quarter of jitter; after eight another channel
 * stands in, and where there is none they go on for two hours. A rate limit is no failure and does not count. Each time it is left alone for as long as it
 * says, and for about as long again as it was waited for by now: what a thousand messages ask every second keeps it busy. Pure.
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
      ...(delivery.sent < 0 && { firstSentAt: now }),
      ...(delivery.sent >= 0 && sent > delivery.sent && { sentBefore: delivery.sent }),
      attempts: delivery.attempts + 1,
      state: isDone ? 'delivered' : 'pending',
      updatedAt: now,
      ...(receipt !== undefined && { receipt }),
    },
    gaveUp: false,
    ...(!isDone && { retryAfterMs: 0 }),
  };
}

function failed(delivery: Delivery, outcome: NotSent, attempt: Attempt): AttemptVerdict {
  const { now, jitter, hasStandIn } = attempt;
  const { lease: _, unsure: __, notBefore: ___, ...rest } = delivery;
  const unsure = unsureOf(delivery, outcome, now);
  const toldMs = restMs(outcome);
  const attempts = delivery.attempts + (toldMs === undefined ? 1 : 0);
  const waitMs = toldMs ?? backOffMs(attempts);
  const isTooLong = now + waitMs - delivery.wantedAt >= LONGEST_WAIT_MS;
  const gaveUp = outcome.kind === 'never' || isTooLong || (attempts >= MAX_ATTEMPTS && hasStandIn);
  const judged: Delivery = {
    ...rest,
    attempts,
    updatedAt: now,
    reason: cutText(readable(outcome.reason), REASON_LIMIT),
    state: gaveUp ? 'failed' : 'pending',
    ...(unsure && { unsure }),
  };
  if (gaveUp) {
    const notBefore = toldMs !== undefined && { notBefore: now + Math.min(toldMs, LONGEST_REST_MS) };
    return { delivery: { ...judged, ...notBefore }, gaveUp };
  }
  const crowdMs = toldMs === undefined ? 0 : crowdRestMs(delivery, attempt);
  const retryAfterMs = Math.round(Math.max(waitMs * (1 + jitter / 4), crowdMs));
  const told = toldMs === undefined ? judged : { ...judged, notBefore: now + retryAfterMs };
  return { delivery: told, gaveUp, retryAfterMs };
}

/** How long a channel that asks for time is to be left alone; undefined where it asks for none. */
function restMs(outcome: NotSent): number | undefined {
  if (outcome.kind !== 'later') return undefined;
  return outcome.afterMs ?? (outcome.isLimited ? FIRST_REST_MS : undefined);
}

/** From half to one and a half times as long as was waited by now, so that those who wait for one channel do not all come back at once. */
const crowdRestMs = ({ wantedAt }: Delivery, { now, jitter, isPressing }: Attempt): number =>
  Math.min(isPressing ? LONGEST_PRESSING_REST_MS : LONGEST_RETRY_MS, now - wantedAt) * (0.5 + jitter);

/** While which times a message may have arrived that nobody confirmed. */
const unsureOf = ({ lease, unsure }: Delivery, outcome: NotSent, now: number): Delivery['unsure'] =>
  outcome.kind === 'later' && outcome.isUnsure ? widened(unsure, startedAt(lease) ?? now, now) : unsure;

const backOffMs = (attempts: number): number =>
  Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.max(0, attempts - 1));
