import { type DynamoDBClient, paginateQuery, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { functionKeyOf, INDEX_SHARDS, sequenceKeyOf, shardOf, startKeyOf, streamKeyOf } from '../domain/index-keys.ts';
import type { InvocationItem } from '../domain/invocation-item.ts';
import type { MessageItem } from '../domain/message-item.ts';
import type { AuditReaderPort, FunctionQuery } from '../ports.ts';

const shards = Array.from({ length: INDEX_SHARDS }, (_, shard) => shard);

/** The audit table's reader: an index partition is spread over shards, so each is asked and the answers are merged in order. */
export function dynamoDbAuditReader(client: DynamoDBClient, tableName: string): AuditReaderPort {
  const query = async <Item>(
    input: Omit<QueryCommandInput, 'TableName'>,
    limit = Number.POSITIVE_INFINITY,
  ): Promise<Item[]> => {
    const items: Item[] = [];
    for await (const page of paginateQuery({ client }, { TableName: tableName, ...input })) {
      items.push(...(page.Items ?? []).map((item) => unmarshall(item) as Item));
      if (items.length >= limit) break;
    }
    return items.slice(0, limit);
  };

  const invocations = async (index: 'by-function' | 'by-retry', asked: FunctionQuery): Promise<InvocationItem[]> => {
    const [partition, sort] =
      index === 'by-function' ? ['functionKey', 'startKey'] : ['retriedFunctionKey', 'lastStartKey'];
    // '~' sorts after every request ID: the range's last millisecond is within. A cursor is excluded by the character behind it.
    const from = asked.after === undefined ? startKeyOf(asked.range.from) : `${asked.after}\u0000`;
    const to = `${startKeyOf(asked.range.to)}~`;
    if (from > to) return [];
    const parts = await Promise.all(
      shards.map((shard) =>
        query<InvocationItem>(
          {
            IndexName: index,
            KeyConditionExpression: `${partition} = :partition AND ${sort} BETWEEN :from AND :to`,
            ExpressionAttributeValues: {
              ':partition': { S: functionKeyOf(asked.owner, shard) },
              ':from': { S: from },
              ':to': { S: to },
            },
            ScanIndexForward: asked.newestFirst !== true,
            ...(asked.limit === undefined ? {} : { Limit: asked.limit }),
          },
          asked.limit,
        ),
      ),
    );
    const merged = parts.flat().sort((a, b) => (a.startKey < b.startKey ? -1 : 1));
    if (asked.newestFirst) merged.reverse();
    return asked.limit === undefined ? merged : merged.slice(0, asked.limit);
  };

  return {
    async request(requestId) {
      const items = await query<InvocationItem | MessageItem>({
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :request',
        ExpressionAttributeValues: { ':request': { S: requestId } },
      });
      return {
        invocation: items.find((item): item is InvocationItem => item.sk === 'INVOCATION'),
        messages: items.filter((item): item is MessageItem => item.sk !== 'INVOCATION'),
      };
    },
    byFunction: (asked) => invocations('by-function', asked),
    retried: (asked) => invocations('by-retry', asked),
    async bySequence({ stream, sequenceNumber, after, limit }) {
      const asked = sequenceNumber === undefined ? shards : [shardOf(sequenceNumber)];
      const prefix = sequenceNumber === undefined ? '' : `${sequenceKeyOf(sequenceNumber)}#`;
      const parts = await Promise.all(
        asked.map((shard) =>
          query<MessageItem>(
            {
              IndexName: 'by-sequence',
              KeyConditionExpression: 'streamKey = :stream AND sequenceKey BETWEEN :from AND :to',
              ExpressionAttributeValues: {
                ':stream': { S: streamKeyOf(stream, shard) },
                ':from': { S: after === undefined ? `${prefix} ` : `${after}\u0000` },
                ':to': { S: `${prefix}~~` },
              },
              Limit: limit,
            },
            limit,
          ),
        ),
      );
      return parts
        .flat()
        .sort((a, b) => (a.sequenceKey < b.sequenceKey ? -1 : 1))
        .slice(0, limit);
    },
  };
}
