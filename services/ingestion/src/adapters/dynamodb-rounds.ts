import { type DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { RoundsPort } from '../ports.ts';

const ROUNDS = 'ROUNDS';

/** In the ledger table: the partition ROUNDS says where each round has stopped. A query, because who runs a round may read the table so anyway. */
export function dynamoDbRounds(client: DynamoDBClient, tableName: string): RoundsPort {
  return {
    async stoppedAt(round) {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: tableName,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :rounds AND sk = :round',
          ExpressionAttributeValues: { ':rounds': { S: ROUNDS }, ':round': { S: round } },
        }),
      );
      return Items[0]?.stoppedAt?.S;
    },
    async stop(round, at) {
      const Item = { pk: { S: ROUNDS }, sk: { S: round }, ...(at === undefined ? {} : { stoppedAt: { S: at } }) };
      await client.send(new PutItemCommand({ TableName: tableName, Item }));
    },
  };
}
