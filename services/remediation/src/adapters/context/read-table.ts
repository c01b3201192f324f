import { DescribeTableCommand, type DynamoDBClient, paginateListTables } from '@aws-sdk/client-dynamodb';
import type { Finding } from '@lamplighter/contracts';
import type { RemedyContext } from '@lamplighter/remedies';
import { isBeside } from '../../domain/home.ts';

const TABLE_ARN = /^arn:[^:]+:dynamodb:.*:table\/([^/]+)$/;

/**
 * The DynamoDB table that a finding is about: one whose name, or ARN in the function's own account and region, stands in its environment. Of several, the one that a cause or its evidence
 * names; where none is named, none.
 */
export async function readTable(
  client: DynamoDBClient,
  environment: readonly string[],
  finding: Finding,
): Promise<RemedyContext['table']> {
  const named = new Set(
    environment.flatMap((value) => {
      const [arn, name = value] = TABLE_ARN.exec(value) ?? [];
      return arn === undefined || isBeside(arn, finding.resource) ? [name] : [];
    }),
  );
  const used: string[] = [];
  for await (const { TableNames = [] } of paginateListTables({ client }, {}))
    used.push(...TableNames.filter((name) => named.has(name)));
  const said = finding.causes.flatMap(({ name, evidence }) => [name, ...evidence.map(({ text }) => text)]).join('\n');
  const tableName = used.length === 1 ? used[0] : used.find((name) => said.includes(name));
  if (tableName === undefined) return undefined;
  const { Table } = await client.send(new DescribeTableCommand({ TableName: tableName }));
  const { ReadCapacityUnits = 0, WriteCapacityUnits = 0 } = Table?.ProvisionedThroughput ?? {};
  const { ReadUnitsPerSecond: reads, WriteUnitsPerSecond: writes } = Table?.WarmThroughput ?? {};
  return {
    tableName,
    isOnDemand: Table?.BillingModeSummary?.BillingMode === 'PAY_PER_REQUEST',
    readUnits: ReadCapacityUnits,
    writeUnits: WriteCapacityUnits,
    ...(reads !== undefined && { warmReadUnits: reads }),
    ...(writes !== undefined && { warmWriteUnits: writes }),
  };
}
