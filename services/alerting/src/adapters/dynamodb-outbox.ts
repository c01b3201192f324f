import {
  type AttributeValue,
  type DynamoDBClient,
  paginateQuery,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Delivery } from '../domain/delivery.ts';
import type { Member, StoredAlert } from '../domain/stored-alert.ts';
import type { OutboxPort, Read, StoredAlertWithDeliveries } from '../ports.ts';
import { batchedReads } from './batched-reads.ts';
import { ALERT, ALL_ALERTS, alertIdIn, alertPartition, groupKeyOf, memberKeyOf, OPEN_ALERTS } from './outbox-keys.ts';
import { writesOf } from './outbox-writes.ts';

/** Open alerts that are read at once. */
const OPEN_PAGE = 25;

/** Read again, decided again: two that met. Anything else is an error. */
const CONFLICTS = ['ConditionalCheckFailed', 'TransactionConflict'];

/** The outbox in one DynamoDB table: an alert and its deliveries share a partition; a group points to its newest alert. */
export function dynamoDbOutbox(client: DynamoDBClient, tableName: string): OutboxPort {
  const get = batchedReads(client, tableName);

  const alert = async (alertId: string): Promise<StoredAlertWithDeliveries | undefined> => {
    const items: Record<string, unknown>[] = [];
    const pages = paginateQuery(
      { client },
      {
        TableName: tableName,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :alert',
        ExpressionAttributeValues: { ':alert': { S: alertPartition(alertId) } },
      },
    );
    for await (const page of pages) items.push(...(page.Items ?? []).map((item) => unmarshall(item)));
    const stored = items.find(({ sk }) => sk === ALERT);
    if (stored === undefined) return undefined;
    const deliveries = items
      .filter(({ kind }) => kind === 'delivery')
      .map((item): Read<Delivery> => ({ value: item.delivery as Delivery, version: item.version as number }));
    return { alert: { value: stored.alert as StoredAlert, version: stored.version as number }, deliveries };
  };

  const withDeliveries = async (keys: readonly Record<string, AttributeValue>[]) => {
    const found = await Promise.all(keys.map(({ pk }) => alert(alertIdIn(pk?.S ?? ''))));
    return found.filter((one) => one !== undefined);
  };

  return {
    alert,
    async group(groupKey) {
      const newestId = (await get(groupKeyOf(groupKey)))?.alertId as string | undefined;
      if (newestId === undefined) return {};
      const current = await alert(newestId);
      return { newestId, ...(current && { current }) };
    },
    async members(subjects) {
      const rows = await Promise.all(subjects.map((subject) => get(memberKeyOf(subject))));
      const found = new Map(
        rows.flatMap((row) => (row === undefined ? [] : [[row.pk, row.member as Member] as const])),
      );
      return [...found.values()];
    },
    async commit(change) {
      try {
        await client.send(new TransactWriteItemsCommand({ TransactItems: writesOf(change, tableName, Date.now()) }));
        return 'committed';
      } catch (error) {
        const reasons = error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : [];
        if (reasons.some(({ Code }) => Code !== undefined && CONFLICTS.includes(Code))) return 'conflict';
        throw error;
      }
    },
    async *open() {
      const query = { ...listing(tableName, 'by-openness', 'openness', OPEN_ALERTS), Limit: OPEN_PAGE };
      for await (const page of paginateQuery({ client }, query)) yield withDeliveries(page.Items ?? []);
    },
    async recent(limit, cursor) {
      const from =
        cursor === undefined ? {} : { ExclusiveStartKey: JSON.parse(Buffer.from(cursor, 'base64url').toString()) };
      const query = { ...listing(tableName, 'by-opening', 'everything', ALL_ALERTS), Limit: limit, ...from };
      const { Items = [], LastEvaluatedKey } = await client.send(new QueryCommand(query));
      const alerts = await withDeliveries(Items);
      const next = LastEvaluatedKey && Buffer.from(JSON.stringify(LastEvaluatedKey)).toString('base64url');
      return { alerts, ...(next && { cursor: next }) };
    },
  };
}

const listing = (tableName: string, index: string, attribute: string, value: string) => ({
  TableName: tableName,
  IndexName: index,
  KeyConditionExpression: '#attribute = :value',
  ExpressionAttributeNames: { '#attribute': attribute },
  ExpressionAttributeValues: { ':value': { S: value } },
  ScanIndexForward: false,
});
