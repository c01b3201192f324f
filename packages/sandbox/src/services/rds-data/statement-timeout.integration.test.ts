import { ExecuteStatementCommand, RDSDataClient } from '@aws-sdk/client-rds-data';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestSandbox, type TestSandbox } from '../../testing/start-test-sandbox.ts';
import { deployCluster } from '../rds/testing/reservation-cluster.ts';

let started: TestSandbox;
let run: (sql: string) => Promise<unknown>;
beforeAll(async () => {
  started = await startTestSandbox({
    services: ['secretsmanager', 'rds', 'rds-data', 'kms'],
    settings: { rds: { resumeMs: 0, statementTimeoutMs: 50 } },
  });
  const { target } = await deployCluster(started.sandbox);
  const client = started.sandbox.client(RDSDataClient, { maxAttempts: 1 });
  run = (sql) => client.send(new ExecuteStatementCommand({ ...target, sql }));
});
afterAll(() => started.stop());

test('a statement that takes too long is given up', async () => {
  await expect(run('select pg_sleep(1)::text')).rejects.toMatchObject({ name: 'StatementTimeoutException' });
});
