import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import {
  CreateDBClusterCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  ModifyDBClusterCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import { ExecuteStatementCommand, RDSDataClient } from '@aws-sdk/client-rds-data';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Stack } from '../../cloudformation/stack.ts';
import { startTestSandbox, type TestSandbox } from '../../testing/start-test-sandbox.ts';
import { CLUSTER_TEMPLATE, deployCluster } from './testing/reservation-cluster.ts';

const MINUTE_MS = 60_000;

let started: TestSandbox;
let stack: Stack;
let target: { readonly resourceArn: string; readonly secretArn: string };
let rds: RDSClient;
let data: RDSDataClient;
beforeAll(async () => {
  started = await startTestSandbox({
    services: ['secretsmanager', 'rds', 'rds-data', 'cloudwatch', 'kms'],
  });
  ({ stack, target } = await deployCluster(started.sandbox));
  rds = started.sandbox.client(RDSClient, { maxAttempts: 1 });
  data = started.sandbox.client(RDSDataClient, { maxAttempts: 1 });
});
afterAll(() => started.stop());

const run = (sql: string) => data.send(new ExecuteStatementCommand({ ...target, sql }));
const cluster = async () =>
  (await rds.send(new DescribeDBClustersCommand({ DBClusterIdentifier: 'reservation' }))).DBClusters?.[0];

async function newest(metric: string): Promise<number | undefined> {
  const { MetricDataResults } = await started.sandbox.client(CloudWatchClient).send(
    new GetMetricDataCommand({
      StartTime: new Date(started.clock.now() - 5 * MINUTE_MS),
      EndTime: new Date(started.clock.now()),
      MetricDataQueries: [
        {
          Id: 'm',
          MetricStat: {
            Metric: {
              Namespace: 'AWS/RDS',
              MetricName: metric,
              Dimensions: [{ Name: 'DBClusterIdentifier', Value: 'reservation' }],
            },
            Period: 60,
            Stat: 'Maximum',
          },
        },
      ],
    }),
  );
  return MetricDataResults?.[0]?.Values?.[0];
}

describe('a deployed cluster', () => {
  test('is described with its writer, and its password is in a secret that RDS manages', async () => {
    const described = await cluster();
    const secret = await started.sandbox
      .client(SecretsManagerClient)
      .send(new GetSecretValueCommand({ SecretId: target.secretArn }));
    const { DBInstances } = await rds.send(new DescribeDBInstancesCommand({}));

    expect(described).toMatchObject({
      DBClusterArn: 'arn:aws:rds:us-east-1:123456789012:cluster:reservation',
      Status: 'available',
      Engine: 'aurora-postgresql',
      DatabaseName: 'reservation',
      HttpEndpointEnabled: true,
      StorageEncrypted: true,
      Endpoint: stack.outputs.Host,
      MasterUserSecret: { SecretArn: target.secretArn, SecretStatus: 'active' },
      ServerlessV2ScalingConfiguration: { MinCapacity: 0, MaxCapacity: 4, SecondsUntilAutoPause: 300 },
      DBClusterMembers: [{ DBInstanceIdentifier: stack.resources.Writer?.physicalId, IsClusterWriter: true }],
      ClusterCreateTime: new Date(started.clock.now()),
    });
    expect(secret.Name).toMatch(/^rds!cluster-/);
    expect(JSON.parse(secret.SecretString!)).toEqual({ username: 'lamp', password: expect.stringMatching(/.{30}/) });
    expect(DBInstances).toMatchObject([{ DBInstanceClass: 'db.serverless', DBClusterIdentifier: 'reservation' }]);
  });

  test('pauses when idle, resumes for 15 s at the next call, and says so', async () => {
    await started.clock.advance(300_000);

    await expect(run('select 1')).rejects.toMatchObject({
      name: 'DatabaseResumingException',
      message: expect.stringContaining('is resuming after being auto-paused. Please wait a few seconds and try again.'),
    });
    await started.clock.advance(14_999);
    await expect(run('select 1')).rejects.toMatchObject({ name: 'DatabaseResumingException' });
    await started.clock.advance(1);
    expect((await run('select 1')).records).toEqual([[{ longValue: 1 }]]);

    await started.clock.advance(299_999);
    expect((await run('select 1')).records).toEqual([[{ longValue: 1 }]]);
  });

  test('sleeps deeper after a day', async () => {
    await started.clock.advance(25 * 3_600_000);
    await expect(run('select 1')).rejects.toThrow('resuming');

    await started.clock.advance(29_000);
    await expect(run('select 1')).rejects.toThrow('resuming');
    await started.clock.advance(1_000);

    expect((await run('select 1')).records).toEqual([[{ longValue: 1 }]]);
  });

  test('shows its load each minute: work and connections while it runs, zero while it is paused', async () => {
    const busyMs = 150;
    await run(`select pg_sleep(${busyMs / 1000})::text`);
    await started.clock.advance(MINUTE_MS);

    expect(await newest('ServerlessDatabaseCapacity')).toBe(0.5);
    expect(await newest('ACUUtilization')).toBe(12.5);
    expect(await newest('DatabaseConnections')).toBe(1);
    // 4 units to a core, half a unit in use.
    expect(await newest('CPUUtilization')).toBeGreaterThanOrEqual((busyMs / MINUTE_MS) * 8 * 100);

    await started.clock.advance(6 * MINUTE_MS);

    expect(await newest('ServerlessDatabaseCapacity')).toBe(0);
    expect(await newest('DatabaseConnections')).toBe(0);
  });
});

describe('ModifyDBCluster', () => {
  const modify = (change: object) =>
    rds.send(new ModifyDBClusterCommand({ DBClusterIdentifier: 'reservation', ...change }));

  test('tunes capacity: a minimum above zero never pauses', async () => {
    const { DBCluster } = await modify({
      ServerlessV2ScalingConfiguration: { MinCapacity: 1.5, MaxCapacity: 8 },
      ApplyImmediately: true,
    });
    expect(DBCluster?.ServerlessV2ScalingConfiguration).toEqual({ MinCapacity: 1.5, MaxCapacity: 8 });

    await started.clock.advance(3_600_000);

    expect((await run('select 1')).records).toEqual([[{ longValue: 1 }]]);
    expect(await newest('ServerlessDatabaseCapacity')).toBe(1.5);
  });

  test.each([
    [{ ServerlessV2ScalingConfiguration: { MinCapacity: 9, MaxCapacity: 8 } }, 'MinCapacity cannot be greater'],
    [{ ServerlessV2ScalingConfiguration: { MinCapacity: 0.3, MaxCapacity: 8 } }, 'half steps'],
    [{ ServerlessV2ScalingConfiguration: { MinCapacity: 0, SecondsUntilAutoPause: 20 } }, 'between 300 and 86,400'],
    [{ PreferredBackupWindow: '04:00-05:00' }, 'The sandbox cannot change PreferredBackupWindow of a cluster.'],
  ])('refuses %j', async (change, message) => {
    await expect(modify(change)).rejects.toThrow(message);
  });

  test('can close the Data API', async () => {
    await modify({ EnableHttpEndpoint: false });

    await expect(run('select 1')).rejects.toMatchObject({ name: 'HttpEndpointNotEnabledException' });
  });
});

describe('what is not emulated is named', () => {
  test('an operation', async () => {
    const create = new CreateDBClusterCommand({ DBClusterIdentifier: 'other', Engine: 'aurora-postgresql' });
    await expect(rds.send(create)).rejects.toThrow('The sandbox has no rds operation CreateDBCluster.');
  });

  test.each([
    ['a property of a cluster', { EnablePerformanceInsights: true }, 'EnablePerformanceInsights'],
    ['an engine', { Engine: 'aurora-mysql' }, 'aurora-mysql'],
    ['two passwords', { MasterUserPassword: 'x' }, 'either MasterUserPassword or ManageMasterUserPassword'],
  ])('%s', async (_, properties, message) => {
    const { Cluster } = CLUSTER_TEMPLATE.Resources;
    const Resources = {
      Cluster: {
        ...Cluster,
        Properties: {
          ...Cluster.Properties,
          DBClusterIdentifier: 'odd',
          DBSubnetGroupName: 'g',
          DBClusterParameterGroupName: 'p',
          ...properties,
        },
      },
    };
    await expect(started.sandbox.deployTemplate({ stackName: 'odd', template: { Resources } })).rejects.toThrow(
      message,
    );
  });

  test('a parameter of the database', async () => {
    const Group = {
      Type: 'AWS::RDS::DBClusterParameterGroup',
      Properties: { Family: 'aurora-postgresql17', Description: 'x', Parameters: { work_mem: 1 } },
    };
    await expect(
      started.sandbox.deployTemplate({ stackName: 'odd', template: { Resources: { Group } } }),
    ).rejects.toThrow('work_mem');
  });
});

test('a removed stack takes its secret with it', async () => {
  await started.sandbox.remove('reservation');

  await expect(cluster()).rejects.toMatchObject({ name: 'DBClusterNotFoundFault' });
  expect(() => started.sandbox.peers.secretsManager.value(target.secretArn)).toThrow("can't find");
});
