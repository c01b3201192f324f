import {
  type AttributeValue,
  type DynamoDBClient,
  paginateQuery,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { listingCursor } from '@lamplighter/lambda-kit/listing-cursor';
import type { Delivery } from '../domain/delivery.ts';
import type { Member, StoredAlert } from '../domain/stored-alert.ts';
import type { OutboxPort, Read, StoredAlertWithDeliveries } from '../ports.ts';
import { batchedReads } from './batched-reads.ts';
import { ALERT, ALL_ALERTS, alertIdIn, alertPartition, groupKeyOf, memberKeyOf } from './outbox-keys.ts';
import { writesOf } from './outbox-writes.ts';

const { cursorOf, keyIn } = listingCursor({ partition: ['everything', ALL_ALERTS], sortedBy: 'openedAt' });

/** Alerts that are read at once. */
const AT_ONCE = 25;

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

  const read = async (alertIds: readonly string[]): Promise<StoredAlertWithDeliveries[]> => {
    const found: StoredAlertWithDeliveries[] = [];
    for (let at = 0; at < alertIds.length; at += AT_ONCE) {
      const some = await Promise.all(alertIds.slice(at, at + AT_ONCE).map(alert));
      found.push(...some.filter((one) => one !== undefined));
    }
    return found;
  };

  return {
    alert,
    read,
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
    async *listed(list, since) {
      const query = listing(tableName, { index: 'by-openness', attribute: 'openness', value: list, since });
      for await (const { Items = [] } of paginateQuery({ client }, query)) yield Items.map(alertIdOf);
    },
    async recent(limit, cursor) {
      const from = cursor === undefined ? {} : { ExclusiveStartKey: keyIn(cursor) };
      const query = {
        ...listing(tableName, { index: 'by-opening', attribute: 'everything', value: ALL_ALERTS }),
        Limit: limit,
        ...from,
      };
      const { Items = [], LastEvaluatedKey } = await client.send(new QueryCommand(query));
      const next = LastEvaluatedKey && cursorOf(LastEvaluatedKey);
      return { alerts: await read(Items.map(alertIdOf)), ...(next && { cursor: next }) };
    },
  };
}

const alertIdOf = ({ pk }: Record<string, AttributeValue>): string => alertIdIn(pk?.S ?? '');

interface Listing {
  readonly index: string;
  readonly attribute: string;
  readonly value: string;
  readonly since?: number | undefined;
}

const listing = (tableName: string, { index, attribute, value, since }: Listing) => ({
  TableName: tableName,
  IndexName: index,
  KeyConditionExpression: `#attribute = :value${since === undefined ? '' : ' AND openedAt >= :since'}`,
  ExpressionAttributeNames: { '#attribute': attribute },
  ExpressionAttributeValues: marshall({ ':value': value, ...(since !== undefined && { ':since': since }) }),
  ScanIndexForward: false,
});
