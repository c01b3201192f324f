import type { Principal } from '../../core/peers.ts';

export interface SqsPeer {
  /** `traceHeader`: of the chain of requests that the message is part of. */
  send(
    queueArn: string,
    body: string,
    attributes?: Readonly<Record<string, string>>,
    traceHeader?: string,
  ): Promise<void>;
  receive(queueArn: string, max: number): Promise<readonly SqsMessage[]>;
  delete(queueArn: string, receiptHandle: string): Promise<void>;
  /** Throws `AccessDenied` unless the queue's own policy lets the service send to it. */
  assertMaySend(queueArn: string, principal: Extract<Principal, { kind: 'service' }>): void;
  onSend(queueArn: string, listener: () => void): () => void;
}

export interface SqsMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  /** System attributes: `ApproximateReceiveCount`, `SentTimestamp`, `MessageGroupId`, `AWSTraceHeader`. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly md5OfBody?: string;
  readonly messageAttributes?: Readonly<Record<string, SqsMessageAttribute>>;
}

/** An attribute that the sender gave; binary values are base64. */
export interface SqsMessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: string;
}
