import { createHash } from 'node:crypto';
import { ApiError } from '../../../core/service.ts';
import { invalidParameter } from '../sqs-error.ts';
import type { SqsMessageAttribute } from '../sqs-peer.ts';

export type MessageAttributes = Readonly<Record<string, SqsMessageAttribute>>;

/** A message in a queue. Times are epoch milliseconds. */
export interface Message {
  readonly messageId: string;
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly senderId: string;
  readonly sentAt: number;
  readonly groupId?: string;
  readonly deduplicationId?: string;
  readonly sequenceNumber?: string;
  /** Queue that gave it up as undeliverable. */
  readonly deadLetterSourceArn?: string;
  /** `X-Amzn-Trace-Id` of who sent it. */
  readonly traceHeader?: string;
  /** When it may be received: after its delay, or when its visibility timeout ends. */
  visibleAt: number;
  receiveCount: number;
  firstReceivedAt?: number;
  /** Names its latest receipt. */
  receipt?: string;
}

/** Characters that a body may hold: those of XML 1.0 (API_SendMessage). */
const FORBIDDEN = /[^\u0009\u000a\u000d\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
const MAX_ATTRIBUTES = 10;

/** Bytes that count against the limit: the body, and each attribute's name, type and value. */
export function messageBytes(body: string, attributes: MessageAttributes): number {
  const attributeBytes = Object.entries(attributes).map(
    ([name, { DataType, StringValue = '', BinaryValue = '' }]) =>
      Buffer.byteLength(name + DataType + StringValue) + Buffer.from(BinaryValue, 'base64').length,
  );
  return attributeBytes.reduce((sum, bytes) => sum + bytes, Buffer.byteLength(body));
}

/** Throws what SQS throws for a body or attributes that it does not take. */
export function assertMessage(body: unknown, attributes: MessageAttributes): asserts body is string {
  if (typeof body !== 'string' || body.length === 0)
    throw invalidParameter('Value for parameter MessageBody is invalid. Reason: Message body must not be empty.');
  if (FORBIDDEN.test(body) || !body.isWellFormed()) {
    throw new ApiError(
      'InvalidMessageContents',
      'Invalid binary character was found in the message body, the set of allowed characters is #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF',
    );
  }
  if (Object.keys(attributes).length > MAX_ATTRIBUTES) {
    throw invalidParameter(
      `Number of message attributes [${Object.keys(attributes).length}] exceeds the allowed maximum [10].`,
    );
  }
  for (const [name, attribute] of Object.entries(attributes)) {
    const hasValue = attribute.StringValue !== undefined || attribute.BinaryValue !== undefined;
    if (!hasValue || !/^(String|Number|Binary)(\..+)?$/.test(attribute.DataType ?? '')) {
      throw invalidParameter(
        `The message attribute '${name}' must contain a non-empty message attribute value and a type of String, Number or Binary.`,
      );
    }
  }
}

export function md5(text: string | Buffer): string {
  return createHash('md5').update(text).digest('hex');
}

/**
 * MD5 over attributes in order of their names, each part with its length before it
 * (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html).
 */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const parts = names.flatMap((name) => {
    const { DataType, StringValue, BinaryValue } = attributes[name] as SqsMessageAttribute;
    const value = BinaryValue === undefined ? Buffer.from(StringValue ?? '') : Buffer.from(BinaryValue, 'base64');
    const transport = Buffer.from([BinaryValue === undefined ? 1 : 2]);
    return [...prefixed(Buffer.from(name)), ...prefixed(Buffer.from(DataType)), transport, ...prefixed(value)];
  });
  return md5(Buffer.concat(parts));
}

function prefixed(bytes: Buffer): [Buffer, Buffer] {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return [length, bytes];
}
