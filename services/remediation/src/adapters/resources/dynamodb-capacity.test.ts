import {
  DescribeTableCommand,
  type DynamoDBClient,
  type TableDescription,
  UpdateTableCommand,
  type UpdateTableCommandInput,
} from '@aws-sdk/client-dynamodb';
import { expect, test } from '@jest/globals';
import { dynamoDbCapacity } from './dynamodb-capacity.ts';

const units = (ReadCapacityUnits: number, WriteCapacityUnits: number) => ({ ReadCapacityUnits, WriteCapacityUnits });
const ON_DEMAND = { kind: 'dynamodb-capacity', tableName: 'guests', billing: 'on-demand' } as const;

/** A table with an index, as far as its capacity goes: as AWS does, it refuses what changes nothing. */
function aTable() {
  let table: TableDescription = {
    TableStatus: 'ACTIVE',
    ProvisionedThroughput: units(5, 6),
    GlobalSecondaryIndexes: [{ IndexName: 'by-name', ProvisionedThroughput: units(70, 8) }],
  };
  const sent: UpdateTableCommandInput[] = [];
  const update = (input: UpdateTableCommandInput) => {
    sent.push(input);
    const { BillingMode = table.BillingModeSummary?.BillingMode, ProvisionedThroughput: asked } = input;
    const isSame =
      BillingMode === table.BillingModeSummary?.BillingMode &&
      asked?.ReadCapacityUnits === table.ProvisionedThroughput?.ReadCapacityUnits &&
      input.GlobalSecondaryIndexUpdates === undefined;
    if (isSame) throw new Error('The provisioned throughput for the table will not change.');
    const indexOf = (name?: string) =>
      input.GlobalSecondaryIndexUpdates?.find(({ Update }) => Update?.IndexName === name)?.Update
        ?.ProvisionedThroughput;
    const isOnDemand = BillingMode === 'PAY_PER_REQUEST';
    if (table.BillingModeSummary?.BillingMode === 'PAY_PER_REQUEST' && !isOnDemand && indexOf('by-name') === undefined)
      throw new Error('ProvisionedThroughput is not specified for index by-name');
    table = {
      ...table,
      BillingModeSummary: { BillingMode },
      ProvisionedThroughput: isOnDemand ? units(0, 0) : (asked ?? table.ProvisionedThroughput),
      GlobalSecondaryIndexes: table.GlobalSecondaryIndexes!.map((index) => ({
        ...index,
        ProvisionedThroughput: isOnDemand ? units(0, 0) : (indexOf(index.IndexName) ?? index.ProvisionedThroughput),
      })),
    } as TableDescription;
  };
  const send = async (command: unknown) => {
    if (command instanceof DescribeTableCommand) return { Table: table };
    if (command instanceof UpdateTableCommand) return update(command.input);
    throw new Error('nobody should ask');
  };
  return {
    hands: dynamoDbCapacity({ send } as unknown as DynamoDBClient),
    now: () => [table.ProvisionedThroughput, table.GlobalSecondaryIndexes?.[0]?.ProvisionedThroughput],
    set: (more: Partial<TableDescription>) => {
      table = { ...table, ...more };
    },
    sent,
  };
}

test('a table and its indexes go back to the units that they had, and each step may come again', async () => {
  const { hands, now, sent } = aTable();

  const before = await hands.read(ON_DEMAND);
  for (let times = 0; times < 2; times++) await hands.write(ON_DEMAND, 0);
  if (before.kind !== 'dynamodb-capacity') throw new Error('nothing to go back to');
  for (let times = 0; times < 2; times++) await hands.write(before, 0);

  expect(now()).toEqual([units(5, 6), units(70, 8)]);
  expect(sent).toHaveLength(2);
});

test('only what differs is sent', async () => {
  const { hands, sent } = aTable();
  const indexes = [{ name: 'by-name', readUnits: 9, writeUnits: 8 }];

  await hands.write(
    { kind: 'dynamodb-capacity', tableName: 'guests', billing: { readUnits: 5, writeUnits: 6 }, indexes },
    0,
  );

  expect(sent).toEqual([
    {
      TableName: 'guests',
      GlobalSecondaryIndexUpdates: [{ Update: { IndexName: 'by-name', ProvisionedThroughput: units(9, 8) } }],
    },
  ]);
});

test('an index that came while the table was on demand gets the units of its table', async () => {
  const { hands, now } = aTable();
  await hands.write(ON_DEMAND, 0);

  await hands.write({ kind: 'dynamodb-capacity', tableName: 'guests', billing: { readUnits: 5, writeUnits: 6 } }, 0);

  expect(now()).toEqual([units(5, 6), units(5, 6)]);
});

test('undoing leaves a table that its owner provisioned again meanwhile', async () => {
  const { hands, now, set } = aTable();
  const before = await hands.read(ON_DEMAND);
  await hands.write(ON_DEMAND, 0);
  set({ BillingModeSummary: { BillingMode: 'PROVISIONED' }, ProvisionedThroughput: units(900, 90) });
  if (before.kind !== 'dynamodb-capacity') throw new Error('nothing to go back to');

  const left = await hands.undo!(ON_DEMAND, before, { takenAt: 0 });

  expect(left).toEqual([expect.stringContaining('it was left')]);
  expect(now()[0]).toEqual(units(900, 90));
});
