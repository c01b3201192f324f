import { type AttributeValue, type DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { FunctionChange } from '@lamplighter/contracts';
import type { ChangePort } from '../ports.ts';
import { changeKey, changesKey, changeTime } from './analysis-keys.ts';

/** As long as findings: whoever reads an old one asks what was changed before it. */
const KEEP_SECONDS = 400 * 86_400;
/** Some 400 bytes each. */
const MOST = 300;

/** Changes of functions, one small row each, by the function's name and their time. A row that another version wrote in another shape is passed over. */
export function dynamoDbChanges(client: DynamoDBClient, tableName: string): ChangePort {
  return {
    async note(changes) {
      for (const change of changes) {
        const expiresAt = Math.floor(change.at / 1000) + KEEP_SECONDS;
        const Item = marshall({ ...changeKey(change), change, expiresAt }, { removeUndefinedValues: true });
        await client.send(new PutItemCommand({ TableName: tableName, Item }));
      }
    },
    async ofFunction({ functionName, accountId, region }, { since, until }) {
      const rows = async (isNewestFirst: boolean): Promise<Record<string, AttributeValue>[]> => {
        const { Items = [] } = await client.send(
          new QueryCommand({
            TableName: tableName,
            KeyConditionExpression: 'pk = :pk AND sk BETWEEN :since AND :until',
            ExpressionAttributeValues: {
              ':pk': { S: changesKey(functionName) },
              ':since': { S: changeTime(since) },
              // Behind every key of that millisecond.
              ':until': { S: `${changeTime(until)}~` },
            },
            ScanIndexForward: !isNewestFirst,
            Limit: MOST,
          }),
        );
        return Items;
      };
      const newest = await rows(true);
      const oldest = newest.length < MOST ? [] : await rows(false);
      const told = new Map([...newest, ...oldest].map((item) => [item.sk?.S, item]));
      return [...told.values()]
        .flatMap((item) => FunctionChange.safeParse(unmarshall(item).change).data ?? [])
        .filter((one) => (accountId ?? one.accountId) === one.accountId && (region ?? one.region) === one.region);
    },
  };
}
