import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ExecuteStatementCommand, RDSDataClient } from '@aws-sdk/client-rds-data';
import type { House } from './house.ts';
import { BOOKING_FUNCTION } from './releases.ts';

/** How the sample's database would carry out a statement, by its own plan. */
export async function readPlan({ sandbox }: House, statement: string): Promise<string> {
  const asked = new GetFunctionConfigurationCommand({ FunctionName: BOOKING_FUNCTION });
  const { Environment } = await sandbox.client(LambdaClient).send(asked);
  const { CLUSTER_ARN, CLUSTER_SECRET_ARN, DATABASE } = Environment?.Variables ?? {};
  const database = { resourceArn: CLUSTER_ARN, secretArn: CLUSTER_SECRET_ARN, database: DATABASE };
  const { records = [] } = await sandbox
    .client(RDSDataClient)
    .send(new ExecuteStatementCommand({ ...database, sql: `explain ${statement}` }));
  return records.flatMap((row) => row.map(({ stringValue }) => stringValue)).join('\n');
}
