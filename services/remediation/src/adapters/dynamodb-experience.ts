import { type DynamoDBClient, paginateQuery, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Experience } from '@lamplighter/remedies';
import type { ExperiencePort } from '../ports.ts';
import { isRefused } from './is-conflict.ts';
import { EXPERIENCE } from './remediation-keys.ts';

/** Counters of outcomes. A repair counts once: a mark of its own is written with the count. */
export function dynamoDbExperience(client: DynamoDBClient, tableName: string): ExperiencePort {
  return {
    async all() {
      const found: Experience[] = [];
      const query = {
        TableName: tableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: EXPERIENCE } },
      };
      for await (const page of paginateQuery({ client }, query)) {
        for (const item of page.Items ?? []) {
          const { playbook, findingClass, kept = 0, undone = 0 } = unmarshall(item);
          found.push({ playbook, findingClass, kept, undone });
        }
      }
      return found;
    },
    async learn({ remediation }, outcome) {
      const { playbook, findingClass, remediationId } = remediation;
      try {
        await client.send(
          new TransactWriteItemsCommand({
            TransactItems: [
              {
                Put: {
                  TableName: tableName,
                  Item: marshall({ pk: `LEARNT#${remediationId}`, sk: 'LEARNT', outcome }),
                  ConditionExpression: 'attribute_not_exists(pk)',
                },
              },
              {
                Update: {
                  TableName: tableName,
                  Key: marshall({ pk: EXPERIENCE, sk: `${playbook}#${findingClass}` }),
                  UpdateExpression: 'SET playbook = :playbook, findingClass = :class ADD #outcome :one',
                  ExpressionAttributeNames: { '#outcome': outcome },
                  ExpressionAttributeValues: marshall({ ':playbook': playbook, ':class': findingClass, ':one': 1 }),
                },
              },
            ],
          }),
        );
      } catch (error) {
        if (!isRefused(error)) throw error;
      }
    },
  };
}
