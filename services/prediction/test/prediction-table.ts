import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { startTestSandbox } from '@lamplighter/sandbox';

/** Where an environment dies: at the n-th call of its client, before it is carried out or after it. */
export interface Crash {
  readonly nth: number;
  readonly when: 'before' | 'after';
}

/** A sandbox with nothing but prediction's table. */
export async function startPredictionTable() {
  const { sandbox, stop } = await startTestSandbox({ services: ['dynamodb'] });
  const TableName = 'lamplighter-dev-prediction';
  const schema = [
    ['pk', 'HASH'],
    ['sk', 'RANGE'],
  ] as const;
  await sandbox.client(DynamoDBClient).send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: schema.map(([AttributeName]) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: schema.map(([AttributeName, KeyType]) => ({ AttributeName, KeyType })),
    }),
  );
  return { TableName, stop, client: (crash?: Crash) => countingClient(sandbox.client(DynamoDBClient), crash) };
}

/** A client that counts its calls, and dies at one of them. */
function countingClient(client: DynamoDBClient, crash: Crash | undefined) {
  const calls: string[] = [];
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        calls.push(commandName);
        const isLast = calls.length === crash?.nth;
        if (isLast && crash.when === 'before') throw new Error('died');
        const answer = await next(args);
        if (isLast) throw new Error('died');
        return answer;
      },
    { step: 'initialize' },
  );
  return { client, calls };
}
