import { DescribeTableCommand, type DynamoDBClient, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import type { Change } from '@lamplighter/remedies';
import type { Snapshot } from '../../domain/stored-remediation.ts';
import type { ChangeHands } from './resources.ts';

/** On demand, or provisioned with the units that were. */
export function dynamoDbCapacity(client: DynamoDBClient): ChangeHands<Extract<Change, { kind: 'dynamodb-capacity' }>> {
  return {
    async read({ kind, tableName }): Promise<Snapshot['restore']> {
      const { Table } = await client.send(new DescribeTableCommand({ TableName: tableName }));
      const isOnDemand = Table?.BillingModeSummary?.BillingMode === 'PAY_PER_REQUEST';
      const { ReadCapacityUnits = 0, WriteCapacityUnits = 0 } = Table?.ProvisionedThroughput ?? {};
      if (isOnDemand) return { kind, tableName, onDemand: true };
      return {
        kind,
        tableName,
        onDemand: false,
        warmReadUnits: Math.max(1, ReadCapacityUnits),
        warmWriteUnits: Math.max(1, WriteCapacityUnits),
      };
    },
    async write({ tableName, onDemand, warmReadUnits, warmWriteUnits }) {
      if (onDemand === false) {
        const ProvisionedThroughput = { ReadCapacityUnits: warmReadUnits, WriteCapacityUnits: warmWriteUnits };
        await client.send(
          new UpdateTableCommand({ TableName: tableName, BillingMode: 'PROVISIONED', ProvisionedThroughput }),
        );
        return;
      }
      const isWarmed = warmReadUnits !== undefined || warmWriteUnits !== undefined;
      const WarmThroughput = { ReadUnitsPerSecond: warmReadUnits, WriteUnitsPerSecond: warmWriteUnits };
      await client.send(
        new UpdateTableCommand({
          TableName: tableName,
          BillingMode: 'PAY_PER_REQUEST',
          ...(isWarmed && { WarmThroughput }),
        }),
      );
    },
  };
}
