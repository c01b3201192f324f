import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { listOf } from '../domain/alert-list.ts';
import type { Delivery } from '../domain/delivery.ts';
import { heardUpTo } from '../domain/heard-trouble.ts';
import type { Member, StoredAlert } from '../domain/stored-alert.ts';
import type { OutboxChange, Read } from '../ports.ts';
import { ALERT, ALL_ALERTS, alertPartition, deliverySort, groupKeyOf, memberKeyOf } from './outbox-keys.ts';

/** How long an alert is kept after its last change. */
const KEEP_SECONDS = 400 * 86_400;

/** One transaction: each row only if it is as it was read. A transaction takes 100 rows; a policy that could need more is refused. */
export function writesOf(
  { alert, replaces, members = [], deliveries, unchanged = [] }: OutboxChange,
  tableName: string,
  now: number,
): TransactWriteItem[] {
  const isNew = alert?.version === 0;
  return [
    ...(alert ? [writeOfAlert(alert, tableName)] : []),
    ...(alert && isNew ? [writeOfGroup(alert.value, replaces, tableName)] : []),
    ...members.map((member) => writeOfMember(member, Math.floor(now / 1000) + KEEP_SECONDS, tableName)),
    ...deliveries.map((delivery) => writeOfDelivery(delivery, tableName)),
    ...unchanged.map((delivery) => checkOfDelivery(delivery, tableName)),
  ];
}

function writeOfAlert({ value: alert, version }: Read<StoredAlert>, tableName: string): TransactWriteItem {
  const list = listOf(alert);
  return put(tableName, version, {
    pk: alertPartition(alert.alertId),
    sk: ALERT,
    kind: 'alert',
    alert,
    openedAt: alert.openedAt,
    everything: ALL_ALERTS,
    // In the index of lists only while there is something to do about it.
    ...(list !== undefined && { openness: list }),
    expiresAt: expiryOf(alert),
  });
}

function writeOfDelivery({ value: delivery, version }: Read<Delivery>, tableName: string): TransactWriteItem {
  return put(tableName, version, {
    pk: alertPartition(delivery.alertId),
    sk: deliverySort(delivery),
    kind: 'delivery',
    delivery,
    expiresAt: Math.floor(delivery.updatedAt / 1000) + KEEP_SECONDS,
  });
}

function checkOfDelivery({ value, version }: Read<Delivery>, tableName: string): TransactWriteItem {
  return {
    ConditionCheck: {
      TableName: tableName,
      Key: marshall({ pk: alertPartition(value.alertId), sk: deliverySort(value) }),
      ConditionExpression: '#version = :version',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':version': { N: String(version) } },
    },
  };
}

/** A group's newest alert; written only if the one before is still the one that was read, so that two openings make one alert. */
function writeOfGroup(alert: StoredAlert, replaces: string | undefined, tableName: string): TransactWriteItem {
  const key = groupKeyOf(alert.groupKey);
  const Item = marshall({ ...key, kind: 'group', alertId: alert.alertId, expiresAt: expiryOf(alert) });
  if (replaces === undefined) {
    return { Put: { TableName: tableName, Item, ConditionExpression: 'attribute_not_exists(pk)' } };
  }
  return {
    Put: {
      TableName: tableName,
      Item,
      ConditionExpression: 'alertId = :replaced',
      ExpressionAttributeValues: { ':replaced': { S: replaces } },
    },
  };
}

/** What was heard of a subject: neither its newest revision nor the trouble that was heard of ever goes back, and one of them rises. */
function writeOfMember(member: Member, expiresAt: number, tableName: string): TransactWriteItem {
  return {
    Put: {
      TableName: tableName,
      Item: marshall({ ...memberKeyOf(member.subject), kind: 'member', member, expiresAt }),
      ConditionExpression: `attribute_not_exists(pk) OR (#member.#revision <= :revision
        AND (attribute_not_exists(#member.#heard) OR #member.#heard <= :heard)
        AND (#member.#revision < :revision OR #member.#heard < :heard))`,
      ExpressionAttributeNames: { '#member': 'member', '#revision': 'revision', '#heard': 'heardUpTo' },
      ExpressionAttributeValues: {
        ':revision': { N: String(member.revision) },
        ':heard': { N: String(heardUpTo(member)) },
      },
    },
  };
}

const expiryOf = ({ updatedAt }: StoredAlert): number => Math.floor(updatedAt / 1000) + KEEP_SECONDS;

function put(tableName: string, version: number, item: Record<string, unknown>): TransactWriteItem {
  const Item = marshall({ ...item, version: version + 1 }, { removeUndefinedValues: true });
  if (version === 0) return { Put: { TableName: tableName, Item, ConditionExpression: 'attribute_not_exists(pk)' } };
  return {
    Put: {
      TableName: tableName,
      Item,
      ConditionExpression: '#version = :version',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':version': { N: String(version) } },
    },
  };
}
