import { randomUUID } from 'node:crypto';
import {
  type QueryInput,
  type QueryOperation,
  requiredText,
  textMember,
} from '../../../core/protocols/query-protocol.ts';
import { ApiError, type RequiredPermission } from '../../../core/service.ts';
import { invalidParameter, notEmulated } from '../sns-error.ts';
import { onTopic, type SnsState } from '../sns-state.ts';
import type { Publication } from '../topics/topic.ts';
import { entries, messageAttributes } from './query-maps.ts';

/** 256 KB, attributes included. */
const MAX_BYTES = 262_144;
const MAX_BATCH = 10;

/** Publish and PublishBatch; both need `sns:Publish`. */
export function publishOperations(state: SnsState): Record<string, QueryOperation> {
  const { topics, fanOut } = state;
  const permissions = (input: QueryInput) => publishPermissions(state, topicOf(input));
  return {
    Publish: {
      permissions,
      handle(input, { traceHeader }) {
        const topic = topics.topic(topicOf(input));
        const publication = { ...readPublication(input, state.context.clock.now()), traceHeader };
        fanOut.publish(topic, publication);
        return { MessageId: publication.messageId };
      },
    },
    PublishBatch: {
      permissions,
      handle(input, { traceHeader }) {
        const topic = topics.topic(topicOf(input));
        const batch = entries(input, 'PublishBatchRequestEntries');
        assertBatch(batch);
        const outcomes = batch.map((entry) => {
          const Id = requiredText(entry, 'Id');
          try {
            const publication = { ...readPublication(entry, state.context.clock.now()), traceHeader };
            fanOut.publish(topic, publication);
            return { Id, MessageId: publication.messageId };
          } catch (error) {
            if (!(error instanceof ApiError)) throw error;
            return { Id, Code: error.code, Message: error.message, SenderFault: true };
          }
        });
        return {
          Successful: { member: outcomes.filter((outcome) => 'MessageId' in outcome) },
          Failed: { member: outcomes.filter((outcome) => 'Code' in outcome) },
        };
      },
    },
  };
}

function topicOf(input: QueryInput): string {
  if (textMember(input, 'TopicArn') === undefined)
    throw notEmulated('publishing to a phone number or an application endpoint');
  return requiredText(input, 'TopicArn');
}

/** An encrypted topic needs its key as well. */
function publishPermissions(state: SnsState, topicArn: string): readonly RequiredPermission[] {
  const key = state.topics
    .topics()
    .find(({ arn }) => arn === topicArn)
    ?.attributes.get('KmsMasterKeyId');
  const { kms } = state.context.peers;
  const onKey = key ? ['GenerateDataKey', 'Decrypt'].flatMap((action) => kms.permissions(action, key)) : [];
  return [...onTopic(state, 'Publish', topicArn), ...onKey];
}

/** Throws `InvalidParameter`. */
export function readPublication(input: QueryInput, publishedAt: number): Publication {
  const message = textMember(input, 'Message') ?? '';
  const subject = textMember(input, 'Subject');
  const structure = textMember(input, 'MessageStructure');
  if (message === '') throw invalidParameter('Empty message');
  if (subject !== undefined && !/^[\x20-\x7e]{1,99}$/.test(subject)) throw invalidParameter('Subject');
  if (structure === 'json') assertStructure(message);
  const attributes = messageAttributes(input);
  const bytes = Buffer.byteLength(message) + Buffer.byteLength(JSON.stringify(attributes));
  if (Buffer.byteLength(message) > MAX_BYTES || bytes > MAX_BYTES + 4_096) throw invalidParameter('Message too long');
  return { messageId: randomUUID(), message, subject, structure, attributes, publishedAt };
}

function assertStructure(message: string): void {
  try {
    if (typeof (JSON.parse(message) as { readonly default?: unknown }).default === 'string') return;
  } catch {
    throw invalidParameter('Message Structure - JSON message body failed to parse');
  }
  throw invalidParameter('Message Structure - No default entry in JSON message body');
}

function assertBatch(batch: readonly QueryInput[]): void {
  if (batch.length === 0) throw new ApiError('EmptyBatchRequest', "The batch request doesn't contain any entries.");
  if (batch.length > MAX_BATCH)
    throw new ApiError('TooManyEntriesInBatchRequest', 'The batch request contains more entries than permissible.');
  if (new Set(batch.map(({ Id }) => Id)).size < batch.length)
    throw new ApiError('BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.');
}
