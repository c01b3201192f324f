import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { FindingPort, SeenFinding } from '../ports.ts';
import { isConflict } from './is-conflict.ts';
import { findingKey } from './remediation-keys.ts';

/** Longer than any queue keeps an event. */
const KEEP_SECONDS = 30 * 86_400;

/** Where findings stand, a row each: the newest that was heard of it. */
export function dynamoDbFindings(client: DynamoDBClient, tableName: string): FindingPort {
  const newest = async (findingId: string): Promise<SeenFinding | undefined> => {
    const Key = marshall(findingKey(findingId));
    const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key, ConsistentRead: true }));
    return Item && (unmarshall(Item).seen as SeenFinding);
  };
  return {
    newest,
    async note(seen, now) {
      const { findingId, revision, isOver } = seen;
      const expiresAt = Math.floor(now / 1000) + KEEP_SECONDS;
      const put = new PutItemCommand({
        TableName: tableName,
        Item: marshall({ ...findingKey(findingId), seen, expiresAt }),
        // What is over is over: an event of the same revision that says otherwise is older.
        ConditionExpression: `attribute_not_exists(pk) OR seen.revision ${isOver ? '<=' : '<'} :revision`,
        ExpressionAttributeValues: { ':revision': { N: String(revision) } },
      });
      try {
        await client.send(put);
        return seen;
      } catch (error) {
        if (!isConflict(error)) throw error;
        return (await newest(findingId)) ?? seen;
      }
    },
  };
}
