import type { KinesisRecord } from '../../kinesis/kinesis-peer.ts';
import { backOffMs } from './back-off.ts';
import type { BatchVerdict } from './item-failures.ts';
import type { MappingSettings } from './mapping-settings.ts';

/** Records that are to be sent to the function together, and what has come of it so far. */
export interface StreamWork {
  readonly records: readonly KinesisRecord[];
  /** Invocations that failed; these count against MaximumRetryAttempts. */
  readonly failures: number;
  /** Attempts in a row that did not get through, invoked or not. */
  readonly setbacks: number;
  /** Epoch milliseconds before which it is not tried again. */
  readonly notBefore: number;
}

/** How an attempt ended: the function was not invoked, threw, or answered. */
export type Attempt = 'not-invoked' | 'threw' | BatchVerdict;

export type Discard = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

/** What follows from an attempt: what is still to be done, in order, and what is given up. */
export interface NextSteps {
  readonly remaining: readonly StreamWork[];
  readonly discarded?: readonly KinesisRecord[];
}

export const newWork = (records: readonly KinesisRecord[]): StreamWork => ({
  records,
  failures: 0,
  setbacks: 0,
  notBefore: 0,
});

/**
 * Decides what becomes of a batch after an attempt. A partial failure retries from its first failed record; a failed batch is split
 * where that is asked for, which costs no retry; else it is retried with back-off until its attempts are used up.
 */
export function afterAttempt(work: StreamWork, attempt: Attempt, settings: MappingSettings, now: number): NextSteps {
  if (attempt === 'not-invoked') return { remaining: [postponed(work, now)] };
  if (attempt === 'threw' || attempt.kind === 'all-failed') return afterFailure(work, settings, now);
  if (attempt.kind === 'all-done') return { remaining: [] };
  const first = work.records.findIndex(({ sequenceNumber }) => attempt.failed.has(sequenceNumber));
  // With bisect on, the batch is split at its first failed record; where that leads the batch, in halves.
  if (first === 0) return afterFailure(work, settings, now);
  const rest = { ...work, records: work.records.slice(first) };
  return settings.bisectsOnError ? { remaining: [postponed(rest, now)] } : afterFailure(rest, settings, now);
}

/** Records older than MaximumRecordAgeInSeconds, and the work without them. */
export function withoutAged(work: StreamWork, { maximumRecordAgeSeconds }: MappingSettings, now: number) {
  if (maximumRecordAgeSeconds < 0) return { fresh: work, aged: [] };
  const isAged = ({ arrivedAt }: KinesisRecord) => now - arrivedAt > maximumRecordAgeSeconds * 1_000;
  return {
    fresh: { ...work, records: work.records.filter((record) => !isAged(record)) },
    aged: work.records.filter(isAged),
  };
}

function afterFailure(
  work: StreamWork,
  { bisectsOnError, maximumRetryAttempts }: MappingSettings,
  now: number,
): NextSteps {
  const { records } = work;
  if (bisectsOnError && records.length > 1) {
    const middle = Math.ceil(records.length / 2);
    return { remaining: [records.slice(0, middle), records.slice(middle)].map((half) => ({ ...work, records: half })) };
  }
  const failures = work.failures + 1;
  if (maximumRetryAttempts >= 0 && failures > maximumRetryAttempts) return { remaining: [], discarded: records };
  return { remaining: [{ ...postponed(work, now), failures }] };
}

function postponed(work: StreamWork, now: number): StreamWork {
  const setbacks = work.setbacks + 1;
  return { ...work, setbacks, notBefore: now + backOffMs(setbacks) };
}
