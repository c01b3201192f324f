import type { RDSClient } from '@aws-sdk/client-rds';
import type { RDSDataClient } from '@aws-sdk/client-rds-data';
import { expect, test } from '@jest/globals';
import { readCluster } from './read-cluster.ts';

const CLUSTER_ARN = 'arn:aws:rds:us-east-1:123456789012:cluster:hotel';
const ENVIRONMENT = [CLUSTER_ARN, 'arn:aws:secretsmanager:us-east-1:123456789012:secret:hotel'];
const RESOURCE = { accountId: '123456789012', region: 'us-east-1', type: 'lambda-function', name: 'rooms' } as const;
const CLUSTER = { DatabaseName: 'hotel', ServerlessV2ScalingConfiguration: { MinCapacity: 1, MaxCapacity: 8 } };

const denied = () => Promise.reject(new Error('AccessDeniedException'));

test('a database without the extension that counts statements is told what it lacks', async () => {
  const rds = { send: async () => ({ DBClusters: [CLUSTER] }) } as unknown as RDSClient;
  const missing = () =>
    Promise.reject(new Error('ERROR: relation "pg_stat_statements" does not exist; Position: 19; SQLState: 42P01'));
  const warned: string[] = [];
  const logger = { warn: (said: string) => void warned.push(said) };

  await readCluster(
    { rds, statementsOf: async () => ({ send: missing }) as unknown as RDSDataClient, logger },
    { environment: ENVIRONMENT, resource: RESOURCE },
    true,
  );

  expect(warned).toEqual([expect.stringContaining('in the database hotel, run CREATE EXTENSION pg_stat_statements')]);
});

test.each([
  ['nobody may ask', denied],
  ['the secret opens nothing', async () => ({ send: denied }) as unknown as RDSDataClient],
])('a cluster is read though %s for its statements, and the log says that they were not', async (_, statementsOf) => {
  const rds = { send: async () => ({ DBClusters: [CLUSTER] }) } as unknown as RDSClient;
  const warned: unknown[] = [];
  const logger = { warn: (...said: unknown[]) => void warned.push(said) };

  const cluster = await readCluster(
    { rds, statementsOf, logger },
    { environment: ENVIRONMENT, resource: RESOURCE },
    true,
  );

  expect(cluster).toMatchObject({ clusterId: 'hotel', database: 'hotel', minAcu: 1, maxAcu: 8 });
  expect(cluster).not.toHaveProperty('sequentialScan');
  expect(warned).toEqual([[expect.stringContaining('no index'), expect.objectContaining({ clusterArn: CLUSTER_ARN })]]);
});

test.each([
  ['account', { ...RESOURCE, accountId: '999999999999' }],
  ['region', { ...RESOURCE, region: 'eu-west-1' }],
])('a cluster of another %s than the function is not asked for by its bare id', async (_, resource) => {
  const rds = { send: async () => ({ DBClusters: [CLUSTER] }) } as unknown as RDSClient;
  const clients = { rds, statementsOf: denied, logger: { warn: () => undefined } };

  expect(await readCluster(clients, { environment: ENVIRONMENT, resource }, true)).toBeUndefined();
});
