import type { PolicyDocument } from '../../../iam/policies/policy-document.ts';
import type { FilterPolicy } from './filter-policy.ts';

export interface Topic {
  readonly name: string;
  readonly arn: string;
  /** DisplayName, KmsMasterKeyId and the like, as text. */
  readonly attributes: Map<string, string>;
  policy: PolicyDocument;
  readonly tags: Map<string, string>;
}

export const PROTOCOLS = ['lambda', 'sqs', 'http', 'https', 'email', 'email-json', 'firehose'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

export interface Subscription {
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: Protocol;
  readonly endpoint: string;
  /** FilterPolicy, RawMessageDelivery and the like, as text. */
  readonly attributes: Map<string, string>;
  filter: FilterPolicy | undefined;
  /** What confirms it; absent once it is. */
  token: string | undefined;
}

/** An attribute of a message; a binary value is base64. */
export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: string | undefined;
}

/** A message as it is published. */
export interface Publication {
  readonly messageId: string;
  readonly message: string;
  readonly subject?: string | undefined;
  /** `json`: the message holds a text for each protocol. */
  readonly structure?: string | undefined;
  readonly attributes: Readonly<Record<string, MessageAttribute>>;
  /** Epoch milliseconds. */
  readonly publishedAt: number;
  /** `X-Amzn-Trace-Id` of who published it. */
  readonly traceHeader?: string | undefined;
}
