import { type DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { gaugeIn } from '../domain/subject.ts';
import type { KnownGaugesPort } from '../ports.ts';
import { accountPartition, CAPACITY_VIEW } from './prediction-keys.ts';

/** The figures of which a view is stored; those that are gone are marked in it. */
export function dynamoDbKnownGauges(client: DynamoDBClient, tableName: string): KnownGaugesPort {
  return async (account) => {
    const pages = paginateQuery(
      { client },
      {
        TableName: tableName,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
        FilterExpression: 'attribute_not_exists(isGone)',
        ProjectionExpression: 'sk',
        ExpressionAttributeValues: marshall({ ':pk': accountPartition(account), ':sk': CAPACITY_VIEW }),
      },
    );
    const keys: string[] = [];
    for await (const { Items = [] } of pages) keys.push(...Items.map((item) => String(unmarshall(item).sk)));
    return keys.map((key) => gaugeIn(key.slice(CAPACITY_VIEW.length)));
  };
}
