import { createHash } from 'node:crypto';
import type { ProcessedMessage } from '@lamplighter/lambda-logs';
import { type AttributedAttempt, beginOf } from './attributed-attempt.ts';
import { expiryOf } from './expiry-of.ts';
import { sequenceKeyOf, shardOf, streamKeyOf } from './index-keys.ts';
import type { Owner } from './stored-attempt.ts';
import { type StreamSource, streamIdOf } from './stream-id.ts';
import type { TimeRange } from './time-range.ts';

export interface MessageItem {
  readonly pk: string;
  /** `MESSAGE#<sequence number>#<hash of stream and execution environment>`. */
  readonly sk: string;
  readonly stream: string;
  readonly sequenceNumber: string;
  /** The execution environment that said so. */
  readonly streamId: string;
  /** When the attempt that processed it began, epoch milliseconds. */
  readonly at: number;
  readonly functionName?: string;
  readonly streamKey: string;
  readonly sequenceKey: string;
  readonly expiresAt: number;
}

/**
 * The MESSAGE items of what one stream shows of a request: each message once, with the first attempt that processed it.
 * Attempts that began outside the range are another derivation's to tell.
 */
export function messageItems(
  requestId: string,
  shown: readonly AttributedAttempt[],
  scope: MessageScope,
): MessageItem[] {
  const items = new Map<string, MessageItem>();
  for (const attributed of shown) {
    const at = beginOf(attributed);
    if (at < scope.range.from || at > scope.range.to) continue;
    for (const message of attributed.attempt.messages) {
      const item = messageItem(requestId, message, at, scope);
      const other = items.get(item.sk);
      if (!other || other.at > item.at) items.set(item.sk, item);
    }
  }
  return [...items.values()];
}

export interface MessageScope {
  readonly source: StreamSource;
  readonly owner: Owner;
  readonly range: TimeRange;
  readonly auditDays: number;
}

function messageItem(
  requestId: string,
  message: ProcessedMessage,
  at: number,
  { source, owner, auditDays }: MessageScope,
): MessageItem {
  const { stream, sequenceNumber } = message;
  return {
    pk: requestId,
    sk: messageKeyOf(message, streamIdOf(source)),
    stream,
    sequenceNumber,
    streamId: streamIdOf(source),
    at,
    ...(owner.functionName === undefined ? {} : { functionName: owner.functionName }),
    streamKey: streamKeyOf(stream, shardOf(sequenceNumber)),
    sequenceKey: `${sequenceKeyOf(sequenceNumber)}#${requestId}`,
    expiresAt: expiryOf(at, auditDays),
  };
}

export function messageKeyOf({ stream, sequenceNumber }: ProcessedMessage, streamId: string): string {
  return `MESSAGE#${sequenceNumber}#${createHash('sha256').update(`${stream}\n${streamId}`).digest('base64url').slice(0, 12)}`;
}
