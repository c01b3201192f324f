import {
  DescribeTableCommand,
  type DynamoDBClient,
  type TableDescription,
  UpdateTableCommand,
  type UpdateTableCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { Change } from '@lamplighter/remedies';
import { inOneCall } from './in-one-call.ts';
import type { ChangeHands } from './resources.ts';
import { untilActive, type Wait } from './until-active.ts';

type CapacityChange = Extract<Change, { kind: 'dynamodb-capacity' }>;
type Units = Exclude<CapacityChange['billing'], string>;

/**
 * On demand, or provisioned with the units that were, those of indexes among them. AWS refuses units that change nothing, and any change while an earlier one is
 * under way, which takes minutes where the mode is switched: so what is there is asked first, and only what differs is sent.
 */
export function dynamoDbCapacity(client: DynamoDBClient, wait?: Wait): ChangeHands<CapacityChange> {
  return {
    async read({ kind, tableName }) {
      const table = await settled(client, tableName, wait);
      if (isOnDemand(table)) return { kind, tableName, billing: 'on-demand' };
      const indexes = (table.GlobalSecondaryIndexes ?? []).map((index) => ({
        name: index.IndexName!,
        ...unitsOf(index),
      }));
      return { kind, tableName, billing: unitsOf(table), ...(indexes.length > 0 && { indexes }) };
    },
    async write(change) {
      const table = await settled(client, change.tableName, wait);
      const update = updateOf(change, table);
      if (update === undefined) return;
      await inOneCall(() => client.send(new UpdateTableCommand({ TableName: change.tableName, ...update })));
    },
    async undo(change, restore) {
      const table = await settled(client, change.tableName, wait);
      const update = updateOf(restore, table);
      if (update === undefined) return [];
      // Provisioned by now with other units than before: by its owner.
      if (change.billing === 'on-demand' && !isOnDemand(table))
        return [`${change.tableName} is provisioned again by now: somebody changed it since, and it was left.`];
      await client.send(new UpdateTableCommand({ TableName: change.tableName, ...update }));
      return [];
    },
  };
}

const settled = (client: DynamoDBClient, TableName: string, wait: Wait | undefined): Promise<TableDescription> =>
  untilActive(
    TableName,
    async () => {
      const { Table } = await client.send(new DescribeTableCommand({ TableName }));
      return { status: Table!.TableStatus, value: Table! };
    },
    wait,
  );

const isOnDemand = ({ BillingModeSummary }: TableDescription): boolean =>
  BillingModeSummary?.BillingMode === 'PAY_PER_REQUEST';

const unitsOf = ({ ProvisionedThroughput: now }: Pick<TableDescription, 'ProvisionedThroughput'>): Units => ({
  readUnits: Math.max(1, now?.ReadCapacityUnits ?? 0),
  writeUnits: Math.max(1, now?.WriteCapacityUnits ?? 0),
});

const throughputOf = ({ readUnits, writeUnits }: Units) => ({
  ReadCapacityUnits: readUnits,
  WriteCapacityUnits: writeUnits,
});

/** What differs; undefined where nothing does. */
function updateOf(
  { billing, indexes = [] }: CapacityChange,
  table: TableDescription,
): Omit<UpdateTableCommandInput, 'TableName'> | undefined {
  if (billing === 'on-demand') return isOnDemand(table) ? undefined : { BillingMode: 'PAY_PER_REQUEST' };
  const isSwitched = isOnDemand(table);
  const isOther = (now: Pick<TableDescription, 'ProvisionedThroughput'>, units: Units): boolean =>
    isSwitched ||
    now.ProvisionedThroughput?.ReadCapacityUnits !== units.readUnits ||
    now.ProvisionedThroughput?.WriteCapacityUnits !== units.writeUnits;
  const updates = (table.GlobalSecondaryIndexes ?? []).flatMap((index) => {
    // An index that came since has no units to go back to: the table's, where the switch asks for some.
    const units = indexes.find(({ name }) => name === index.IndexName) ?? (isSwitched ? billing : undefined);
    if (units === undefined || !isOther(index, units)) return [];
    return [{ Update: { IndexName: index.IndexName, ProvisionedThroughput: throughputOf(units) } }];
  });
  const isTableOther = isOther(table, billing);
  if (!isTableOther && updates.length === 0) return undefined;
  return {
    ...(isSwitched && { BillingMode: 'PROVISIONED' as const }),
    ...(isTableOther && { ProvisionedThroughput: throughputOf(billing) }),
    ...(updates.length > 0 && { GlobalSecondaryIndexUpdates: updates }),
  };
}

/** What a table serves at once. There is no way back, and none is needed. AWS takes no lower figure: whoever warmed it further meanwhile is left alone. */
export function dynamoDbWarm(
  client: DynamoDBClient,
  wait?: Wait,
): ChangeHands<Extract<Change, { kind: 'dynamodb-warm' }>> {
  return {
    read: async () => ({ kind: 'absent' }),
    async write({ tableName: TableName, readUnitsPerSecond, writeUnitsPerSecond }) {
      const { WarmThroughput } = await settled(client, TableName, wait);
      const { ReadUnitsPerSecond: reads = 0, WriteUnitsPerSecond: writes = 0 } = WarmThroughput ?? {};
      if (reads >= readUnitsPerSecond && writes >= writeUnitsPerSecond) return;
      const warmer = {
        ReadUnitsPerSecond: Math.max(readUnitsPerSecond, reads),
        WriteUnitsPerSecond: Math.max(writeUnitsPerSecond, writes),
      };
      await client.send(new UpdateTableCommand({ TableName, WarmThroughput: warmer }));
    },
  };
}
