import { DescribeTableCommand, type DynamoDBClient, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import type { Change } from '@lamplighter/remedies';
import type { ChangeHands } from './resources.ts';

/** On demand, or provisioned with the units that were. */
export function dynamoDbCapacity(client: DynamoDBClient): ChangeHands<Extract<Change, { kind: 'dynamodb-capacity' }>> {
  return {
    async read({ kind, tableName }) {
      const { Table } = await client.send(new DescribeTableCommand({ TableName: tableName }));
      if (Table?.BillingModeSummary?.BillingMode === 'PAY_PER_REQUEST')
        return { kind, tableName, billing: 'on-demand' };
      const { ReadCapacityUnits = 0, WriteCapacityUnits = 0 } = Table?.ProvisionedThroughput ?? {};
      return {
        kind,
        tableName,
        billing: { readUnits: Math.max(1, ReadCapacityUnits), writeUnits: Math.max(1, WriteCapacityUnits) },
      };
    },
    async write({ tableName: TableName, billing }) {
      const update =
        billing === 'on-demand'
          ? ({ BillingMode: 'PAY_PER_REQUEST' } as const)
          : ({
              BillingMode: 'PROVISIONED',
              ProvisionedThroughput: { ReadCapacityUnits: billing.readUnits, WriteCapacityUnits: billing.writeUnits },
            } as const);
      await client.send(new UpdateTableCommand({ TableName, ...update }));
    },
  };
}

/** What a table serves at once. There is no way back, and none is needed. */
export function dynamoDbWarm(client: DynamoDBClient): ChangeHands<Extract<Change, { kind: 'dynamodb-warm' }>> {
  return {
    read: async () => ({ kind: 'absent' }),
    async write({ tableName: TableName, readUnitsPerSecond, writeUnitsPerSecond }) {
      const { Table } = await client.send(new DescribeTableCommand({ TableName }));
      const { ReadUnitsPerSecond = 0, WriteUnitsPerSecond = 0 } = Table?.WarmThroughput ?? {};
      // AWS refuses a lower figure: whoever warmed it further meanwhile is left alone.
      const WarmThroughput = {
        ReadUnitsPerSecond: Math.max(readUnitsPerSecond, ReadUnitsPerSecond),
        WriteUnitsPerSecond: Math.max(writeUnitsPerSecond, WriteUnitsPerSecond),
      };
      await client.send(new UpdateTableCommand({ TableName, WarmThroughput }));
    },
  };
}
