import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  paginateQuery,
} from '@aws-sdk/client-dynamodb';
import { minuteOf, type TimelineChunk } from '../domain/timeline-chunk.ts';
import type { TimelinePort } from '../ports.ts';

/** The timeline table: partition = stream, sort key = minute and hash of a chunk. */
export function dynamoDbTimeline(client: DynamoDBClient, tableName: string): TimelinePort {
  return {
    async put(streamId, chunk, expiresAt) {
      try {
        await client.send(
          new PutItemCommand({
            TableName: tableName,
            Item: {
              pk: { S: streamId },
              sk: { S: chunk.key },
              bytes: { B: chunk.bytes },
              expiresAt: { N: String(expiresAt) },
            },
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        );
        return 'new';
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return 'known';
        throw error;
      }
    },
    async read(streamId, range) {
      const chunks: TimelineChunk[] = [];
      const pages = paginateQuery(
        { client },
        {
          TableName: tableName,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :stream AND sk BETWEEN :from AND :to',
          ExpressionAttributeValues: {
            ':stream': { S: streamId },
            ':from': { S: minuteOf(Math.max(0, range.from)) },
            // '$' sorts after '#': every chunk of the last minute is within.
            ':to': { S: `${minuteOf(Math.max(0, range.to))}$` },
          },
        },
      );
      for await (const page of pages) {
        for (const item of page.Items ?? []) chunks.push({ key: item.sk!.S!, bytes: item.bytes!.B! });
      }
      return chunks;
    },
  };
}
