import {
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateQuery,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { ChangeCost } from '@lamplighter/remedies';
import type { ChangeRecord, GuardPort, WriteOutcome } from '../ports.ts';
import { isConflict, isRefused } from './is-conflict.ts';
import { CHANGES, changeSort, GATE, LOCKS } from './remediation-keys.ts';

/** No rail looks back further. */
const MONTH_MS = 31 * 86_400_000;

type TransactItems = ConstructorParameters<typeof TransactWriteItemsCommand>[0]['TransactItems'];

/** Locks and changes, and the gate whose version every admission raises. */
export function dynamoDbGuard(client: DynamoDBClient, tableName: string): GuardPort {
  const read = async (pk: string) => {
    const items: Record<string, unknown>[] = [];
    const query = {
      TableName: tableName,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: pk } },
    };
    for await (const page of paginateQuery({ client }, query))
      items.push(...(page.Items ?? []).map((item) => unmarshall(item)));
    return items;
  };
  /** A change is kept under the time at which it was let in. */
  const asAdmitted = async (record: ChangeRecord): Promise<ChangeRecord> => {
    const own = (await read(CHANGES)).find(
      (item) => (item.record as ChangeRecord).remediationId === record.remediationId,
    );
    return { ...record, at: (own?.record as ChangeRecord | undefined)?.at ?? record.at };
  };
  const write = async (TransactItems: TransactItems, isMiss = isConflict): Promise<WriteOutcome> => {
    try {
      await client.send(new TransactWriteItemsCommand({ TransactItems }));
      return 'written';
    } catch (error) {
      if (isMiss(error)) return 'conflict';
      throw error;
    }
  };
  const lockOf = ({ remediationId, resourceKey, at }: Parameters<GuardPort['lock']>[0]) => ({
    Put: {
      TableName: tableName,
      Item: marshall({ pk: LOCKS, sk: resourceKey, remediationId, since: at }),
      ConditionExpression: 'attribute_not_exists(pk) OR remediationId = :own',
      ExpressionAttributeValues: { ':own': { S: remediationId } },
    },
  });

  /** Refused: it was given back already. Whatever else it was, the step comes again. */
  const giveBack = async (
    { remediationId, resourceKey }: Parameters<GuardPort['unlock']>[0],
    ...changes: NonNullable<TransactItems>
  ) => {
    // Under the key that it was taken by: a release of Lamplighter may name a resource by another one.
    const own = (await read(LOCKS)).find((lock) => lock.remediationId === remediationId);
    const Delete = {
      TableName: tableName,
      Key: marshall({ pk: LOCKS, sk: own?.sk ?? resourceKey }),
      ConditionExpression: 'remediationId = :own',
      ExpressionAttributeValues: { ':own': { S: remediationId } },
    };
    await write([{ Delete }, ...changes], isRefused);
  };

  return {
    async state(now, replaces) {
      // The gate first: what is read after it can only be newer than its version says.
      const gate = await client.send(
        new GetItemCommand({ TableName: tableName, Key: marshall(GATE), ConsistentRead: true }),
      );
      const version = gate.Item === undefined ? 0 : (unmarshall(gate.Item).version as number);
      const [locks, changes] = await Promise.all([read(LOCKS), read(CHANGES)]);
      const records = changes.map((item) => item.record as ChangeRecord);
      const inForce = records.filter(({ isInForce, remediationId }) => isInForce && remediationId !== replaces);
      return {
        version,
        state: {
          now,
          inChange: locks.map((item) => ({
            resourceKey: item.sk as string,
            remediationId: item.remediationId as string,
          })),
          held: inForce.flatMap(({ remediationId, heldSettings: settings, hold }) =>
            settings === undefined ? [] : [{ remediationId, settings, ...(hold && { hold }) }],
          ),
          recent: records
            .filter(({ at }) => now - at < MONTH_MS)
            .reverse()
            .map(({ resourceKey, at, wasUndone, isDiagnostic }) => ({
              resourceKey,
              at,
              wasUndone,
              ...(isDiagnostic && { isDiagnostic }),
            })),
          spentPerHourUsd: sum(inForce.map(({ costPerHourUsd }) => costPerHourUsd)),
          costs: records.filter(isCounted).map((record) => costOf(record, replaces, now)),
        },
      };
    },
    admit: (record, version) =>
      write([
        lockOf(record),
        { Put: { TableName: tableName, Item: changeItem(record) } },
        {
          Put: {
            TableName: tableName,
            Item: marshall({ ...GATE, version: version + 1 }),
            ...(version === 0
              ? { ConditionExpression: 'attribute_not_exists(pk)' }
              : {
                  ConditionExpression: '#version = :version',
                  ExpressionAttributeNames: { '#version': 'version' },
                  ExpressionAttributeValues: { ':version': { N: String(version) } },
                }),
          },
        },
      ]),
    lock: (record) => write([lockOf(record)]),
    unlock: (record) => giveBack(record),
    async release(record) {
      await giveBack(record, { Put: { TableName: tableName, Item: changeItem(await asAdmitted(record)) } });
    },
    async forget(record) {
      const { at, remediationId } = await asAdmitted(record);
      const Key = marshall({ pk: CHANGES, sk: changeSort(at, remediationId) });
      await giveBack(record, { Delete: { TableName: tableName, Key } });
    },
    async note(record) {
      const Item = changeItem(await asAdmitted(record));
      await client.send(new PutItemCommand({ TableName: tableName, Item }));
    },
  };
}

/** What is in force costs on: it is kept until it ends, and then for as long as the rails look back. */
const changeItem = (record: ChangeRecord) =>
  marshall(
    {
      pk: CHANGES,
      sk: changeSort(record.at, record.remediationId),
      record,
      ...(!record.isInForce && { expiresAt: Math.floor(((record.endedAt ?? record.at) + MONTH_MS) / 1000) }),
    },
    { removeUndefinedValues: true },
  );

/** An earlier version did not write down when a change ended: what it cost is not known. */
const isCounted = ({ isInForce, endedAt }: ChangeRecord): boolean => isInForce || endedAt !== undefined;

function costOf(record: ChangeRecord, replaces: string | undefined, now: number): ChangeCost {
  const { remediationId, at, endedAt, costPerHourUsd, costPerMonthUsd, costOnceUsd } = record;
  const end = endedAt ?? (remediationId === replaces ? now : undefined);
  return {
    at,
    costPerHourUsd,
    costPerMonthUsd,
    ...(costOnceUsd !== undefined && { costOnceUsd }),
    ...(end !== undefined && { endedAt: end }),
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
