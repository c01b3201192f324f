import {
  type DynamoDBClient,
  GetItemCommand,
  paginateQuery,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Delivery } from '../domain/delivery.ts';
import type { Member, StoredAlert } from '../domain/stored-alert.ts';
import type { OutboxPort, Read, StoredAlertWithDeliveries } from '../ports.ts';
import { ALERT, ALL_ALERTS, alertPartition, groupKeyOf, memberKeyOf, OPEN_ALERTS } from './outbox-keys.ts';
import { writesOf } from './outbox-writes.ts';

/** Read again, decided again: two that met. Anything else is an error. */
const CONFLICTS = ['ConditionalCheckFailed', 'TransactionConflict'];

/** The outbox in one DynamoDB table: an alert and its deliveries share a partition; a group points to its newest alert. */
export function dynamoDbOutbox(client: DynamoDBClient, tableName: string): OutboxPort {
  const get = async (key: { pk: string; sk: string }) => {
    const Key = { pk: { S: key.pk }, sk: { S: key.sk } };
    const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key, ConsistentRead: true }));
    return Item && unmarshall(Item);
  };

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

  const withDeliveries = async (items: readonly Record<string, unknown>[]) => {
    const found = await Promise.all(items.map((item) => alert((item.alert as StoredAlert).alertId)));
    return found.filter((one) => one !== undefined);
  };

  return {
    alert,
    async group(groupKey, subjectId) {
      const [pointer, member] = await Promise.all([get(groupKeyOf(groupKey)), get(memberKeyOf(subjectId))]);
      const current = pointer && (await alert(pointer.alertId as string));
      return { ...(current && { current }), ...(member && { member: member.member as Member }) };
    },
    async commit(change) {
      try {
        await client.send(new TransactWriteItemsCommand({ TransactItems: writesOf(change, tableName) }));
        return 'committed';
      } catch (error) {
        const reasons = error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : [];
        if (reasons.some(({ Code }) => Code !== undefined && CONFLICTS.includes(Code))) return 'conflict';
        throw error;
      }
    },
    async open() {
      const items: Record<string, unknown>[] = [];
      const pages = paginateQuery({ client }, listing(tableName, 'by-openness', 'openness', OPEN_ALERTS));
      for await (const page of pages) items.push(...(page.Items ?? []).map((item) => unmarshall(item)));
      return withDeliveries(items);
    },
    async recent(limit, cursor) {
      const from =
        cursor === undefined ? {} : { ExclusiveStartKey: JSON.parse(Buffer.from(cursor, 'base64url').toString()) };
      const query = { ...listing(tableName, 'by-opening', 'everything', ALL_ALERTS), Limit: limit, ...from };
      const { Items = [], LastEvaluatedKey } = await client.send(new QueryCommand(query));
      const alerts = await withDeliveries(Items.map((item) => unmarshall(item)));
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
