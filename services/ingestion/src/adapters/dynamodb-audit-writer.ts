import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  paginateQuery,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { type InvocationItem, invocationItem } from '../domain/invocation-item.ts';
import type { MessageItem } from '../domain/message-item.ts';
import { replaceAttempts } from '../domain/stored-attempt.ts';
import { lostMinutes } from '../domain/windows/touched-minutes.ts';
import type { AttemptsChange, AuditWriterPort } from '../ports.ts';

/** Writers of one request that meet more often than this are left to Lambda's retry. */
const MAX_TRIES = 50;

/**
 * The audit table's writer. The common case, a request seen for the first time, is one conditional put and no read; a condition that fails
 * brings the item that is there, and the change is made over exactly that content, or not at all.
 */
export function dynamoDbAuditWriter(client: DynamoDBClient, tableName: string, auditDays: number): AuditWriterPort {
  /** Writes `next` over `current`; undefined when it is done, else the item that stood in the way (null when there is none). */
  const swap = async (
    requestId: string,
    current: InvocationItem | undefined,
    next: InvocationItem | undefined,
  ): Promise<{ readonly found: InvocationItem | undefined } | undefined> => {
    const condition = {
      ConditionExpression: current ? 'etag = :etag' : 'attribute_not_exists(pk)',
      ...(current ? { ExpressionAttributeValues: { ':etag': { S: current.etag } } } : {}),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
    };
    try {
      if (next) {
        const Item = marshall(next, { removeUndefinedValues: true });
        await client.send(new PutItemCommand({ TableName: tableName, Item, ...condition }));
      } else {
        const Key = { pk: { S: requestId }, sk: { S: 'INVOCATION' } };
        await client.send(new DeleteItemCommand({ TableName: tableName, Key, ...condition }));
      }
      return undefined;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return { found: error.Item ? (unmarshall(error.Item) as InvocationItem) : undefined };
    }
  };

  return {
    async replaceAttempts(change: AttemptsChange) {
      let current: InvocationItem | undefined;
      for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
        const attempts = replaceAttempts(current?.attempts ?? [], change.streamId, change.range, change.attempts);
        const next = invocationItem(change.requestId, attempts, auditDays);
        if (current?.etag === next?.etag && current !== undefined) return { before: current, after: current };
        const lost = lostMinutes(change.streamId, current, next);
        if (lost.length > 0) await change.beforeLoss(lost);
        const conflict = await swap(change.requestId, current, next);
        if (!conflict) return { before: current, after: next };
        current = conflict.found;
      }
      throw new Error(`${change.requestId} changed under each of ${MAX_TRIES} writes`);
    },
    async messagesOf(requestId, streamId) {
      const items: MessageItem[] = [];
      const pages = paginateQuery(
        { client },
        {
          TableName: tableName,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :request AND begins_with(sk, :message)',
          FilterExpression: 'streamId = :stream',
          ExpressionAttributeValues: {
            ':request': { S: requestId },
            ':message': { S: 'MESSAGE#' },
            ':stream': { S: streamId },
          },
        },
      );
      for await (const page of pages) items.push(...(page.Items ?? []).map((item) => unmarshall(item) as MessageItem));
      return items;
    },
    async putMessage(item, range) {
      try {
        await client.send(
          new PutItemCommand({
            TableName: tableName,
            Item: marshall(item, { removeUndefinedValues: true }),
            ConditionExpression: 'attribute_not_exists(pk) OR #at >= :from',
            ExpressionAttributeNames: { '#at': 'at' },
            ExpressionAttributeValues: { ':from': { N: String(range.from) } },
          }),
        );
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },
    async deleteMessage(requestId, sortKey) {
      const Key = { pk: { S: requestId }, sk: { S: sortKey } };
      await client.send(new DeleteItemCommand({ TableName: tableName, Key }));
    },
  };
}
