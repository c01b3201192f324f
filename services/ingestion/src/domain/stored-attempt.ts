import type { Attempt } from '@lamplighter/lambda-logs';
import { type AttributedAttempt, firstEventAt } from './attributed-attempt.ts';
import { withShortWords } from './short-words.ts';
import { type StreamSource, streamIdOf } from './stream-id.ts';
import type { TimeRange } from './time-range.ts';

/** Whose an attempt is. */
export interface Owner {
  readonly accountId: string;
  readonly region: string;
  readonly functionName?: string;
}

/** An attempt as it lies in an audit item; its messages are items of their own. */
export type StoredAttempt = Omit<Attempt, 'requestId' | 'messages' | 'ordinal'> & {
  /** {@link streamIdOf} the stream that shows this attempt. */
  readonly streamId: string;
  readonly accountId: string;
  readonly region: string;
  readonly logGroup: string;
  readonly functionName?: string;
  /** Timestamp of the attempt's first event: what it is indexed by where its start is not known. */
  readonly firstEventAt: number;
  readonly messageCount: number;
};

/** How an attempt is kept. */
export function storedAttempt(
  { attempt, lines }: AttributedAttempt,
  source: StreamSource,
  owner: Owner,
): StoredAttempt {
  const { requestId: _id, ordinal: _ordinal, messages, ...figures } = attempt;
  return {
    ...withShortWords(figures),
    ...owner,
    streamId: streamIdOf(source),
    logGroup: source.logGroup,
    firstEventAt: firstEventAt(lines),
    messageCount: messages.length,
  };
}

/** When the attempt began, as far as is known. */
export function timeOf(attempt: StoredAttempt): number {
  return attempt.startedAt ?? attempt.firstEventAt;
}

/**
 * The attempts of a request after one stream was read again: what that stream shows of `range` replaces what it showed there before;
 * other streams, and other times of this one, stay.
 */
export function replaceAttempts(
  existing: readonly StoredAttempt[],
  streamId: string,
  range: TimeRange,
  shown: readonly StoredAttempt[],
): StoredAttempt[] {
  const inRange = (attempt: StoredAttempt) => timeOf(attempt) >= range.from && timeOf(attempt) <= range.to;
  return [
    ...existing.filter((attempt) => attempt.streamId !== streamId || !inRange(attempt)),
    ...shown.filter(inRange),
  ];
}

/** CloudWatch counts an invocation once it has ended; one whose START, END or REPORT has not come is running, or has been lost in part. */
export function isWhole({ missing }: StoredAttempt): boolean {
  return !missing.some((part) => part === 'start' || part === 'end' || part === 'report');
}
