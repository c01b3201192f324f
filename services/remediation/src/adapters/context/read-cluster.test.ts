import type { RDSClient } from '@aws-sdk/client-rds';
import type { RDSDataClient } from '@aws-sdk/client-rds-data';
import { expect, test } from '@jest/globals';
import { readCluster } from './read-cluster.ts';

const CLUSTER_ARN = 'arn:aws:rds:us-east-1:123456789012:cluster:hotel';
const ENVIRONMENT = [CLUSTER_ARN, 'arn:aws:secretsmanager:us-east-1:123456789012:secret:hotel'];
const CLUSTER = { DatabaseName: 'hotel', ServerlessV2ScalingConfiguration: { MinCapacity: 1, MaxCapacity: 8 } };

const denied = () => Promise.reject(new Error('AccessDeniedException'));

test.each([
  ['nobody may ask', denied],
  ['the secret opens nothing', async () => ({ send: denied }) as unknown as RDSDataClient],
])('a cluster is read though %s for its statements, and the log says that they were not', async (_, statementsOf) => {
  const rds = { send: async () => ({ DBClusters: [CLUSTER] }) } as unknown as RDSClient;
  const warned: unknown[] = [];
  const logger = { warn: (...said: unknown[]) => void warned.push(said) };

  const cluster = await readCluster({ rds, statementsOf, logger }, ENVIRONMENT, true);

  expect(cluster).toMatchObject({ clusterId: 'hotel', database: 'hotel', minAcu: 1, maxAcu: 8 });
  expect(cluster).not.toHaveProperty('sequentialScan');
  expect(warned).toEqual([[expect.stringContaining('no index'), expect.objectContaining({ clusterArn: CLUSTER_ARN })]]);
});
