import {
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateQuery,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { listingCursor } from '@lamplighter/lambda-kit/listing-cursor';
import type { StoredRemediation } from '../domain/stored-remediation.ts';
import type { RemediationPort } from '../ports.ts';
import { isConflict } from './is-conflict.ts';
import { ALL_REMEDIATIONS, remediationKey, WAITING_REMEDIATIONS } from './remediation-keys.ts';

const { cursorOf, keyIn } = listingCursor({ partition: ['everything', ALL_REMEDIATIONS], sortedBy: 'plannedAt' });

const KEEP_SECONDS = 400 * 86_400;

/** Repairs, each a row that is written only as it was read. */
export function dynamoDbRemediations(client: DynamoDBClient, tableName: string): RemediationPort {
  const allIn = async (part: Omit<QueryCommandInput, 'TableName'>): Promise<StoredRemediation[]> => {
    const found: StoredRemediation[] = [];
    for await (const { Items = [] } of paginateQuery({ client }, { TableName: tableName, ...part }))
      found.push(...Items.map((item) => unmarshall(item).stored as StoredRemediation));
    return found;
  };
  return {
    async read(remediationId) {
      const Key = marshall(remediationKey(remediationId));
      const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key, ConsistentRead: true }));
      if (Item === undefined) return undefined;
      const { stored, version } = unmarshall(Item);
      return { value: stored as StoredRemediation, version: version as number };
    },
    ofFinding: (findingId) =>
      allIn({
        IndexName: 'by-finding',
        KeyConditionExpression: 'findingId = :finding',
        ExpressionAttributeValues: { ':finding': { S: findingId } },
      }),
    async recent(limit, cursor) {
      const start = cursor === undefined ? {} : { ExclusiveStartKey: keyIn(cursor) };
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: tableName,
          IndexName: 'by-planning',
          KeyConditionExpression: 'everything = :all',
          ExpressionAttributeValues: { ':all': { S: ALL_REMEDIATIONS } },
          ScanIndexForward: false,
          Limit: limit,
          ...start,
        }),
      );
      const next = LastEvaluatedKey && cursorOf(LastEvaluatedKey);
      return {
        remediations: Items.map((item) => unmarshall(item).stored as StoredRemediation),
        ...(next && { cursor: next }),
      };
    },
    waiting: () =>
      allIn({
        IndexName: 'by-waiting',
        KeyConditionExpression: 'waiting = :waiting',
        ExpressionAttributeValues: { ':waiting': { S: WAITING_REMEDIATIONS } },
      }),
    async plannedFor(functionName, findingClass, since) {
      const found: number[] = [];
      const query = {
        TableName: tableName,
        IndexName: 'by-planning',
        KeyConditionExpression: 'everything = :all AND plannedAt >= :since',
        ExpressionAttributeValues: marshall({ ':all': ALL_REMEDIATIONS, ':since': since }),
      };
      for await (const page of paginateQuery({ client }, query)) {
        const stored = (page.Items ?? []).map((item) => unmarshall(item).stored as StoredRemediation);
        const own = stored.filter((one) => one.observed.name === functionName && one.advisedAt === undefined);
        const times = own.filter(({ remediation }) => remediation.findingClass === findingClass);
        found.push(...times.map(({ remediation }) => remediation.plannedAt));
      }
      return found;
    },
    async write(stored, version) {
      const { remediationId, findingId, plannedAt, updatedAt, state } = stored.remediation;
      const Item = marshall(
        {
          ...remediationKey(remediationId),
          stored,
          findingId,
          plannedAt,
          everything: ALL_REMEDIATIONS,
          ...(state === 'awaiting-approval' && { waiting: WAITING_REMEDIATIONS }),
          version: version + 1,
          expiresAt: Math.floor(updatedAt / 1000) + KEEP_SECONDS,
        },
        { removeUndefinedValues: true },
      );
      const condition =
        version === 0
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : {
              ConditionExpression: '#version = :version',
              ExpressionAttributeNames: { '#version': 'version' },
              ExpressionAttributeValues: { ':version': { N: String(version) } },
            };
      try {
        await client.send(new PutItemCommand({ TableName: tableName, Item, ...condition }));
        return 'written';
      } catch (error) {
        if (isConflict(error)) return 'conflict';
        throw error;
      }
    },
  };
}
