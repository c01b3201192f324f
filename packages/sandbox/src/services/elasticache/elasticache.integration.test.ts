import {
  DescribeServerlessCachesCommand,
  ElastiCacheClient,
  ModifyServerlessCacheCommand,
} from '@aws-sdk/client-elasticache';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestSandbox, type TestSandbox } from '../../testing/start-test-sandbox.ts';

const cacheTemplate = (limits: object) => ({
  Resources: {
    Cache: {
      Type: 'AWS::ElastiCache::ServerlessCache',
      Properties: { ServerlessCacheName: 'rates', Engine: 'valkey', CacheUsageLimits: limits },
    },
  },
  Outputs: { Address: { Value: { 'Fn::GetAtt': ['Cache', 'Endpoint.Address'] } } },
});
const GIVEN = { DataStorage: { Maximum: 2, Unit: 'GB' }, ECPUPerSecond: { Maximum: 5_000 } };

let started: TestSandbox;
let client: ElastiCacheClient;
let address: string;
beforeAll(async () => {
  started = await startTestSandbox({ services: ['elasticache'] });
  const { outputs } = await started.sandbox.deployTemplate({ stackName: 'cache', template: cacheTemplate(GIVEN) });
  address = String(outputs.Address);
  client = started.sandbox.client(ElastiCacheClient, { maxAttempts: 1 });
});
afterAll(() => started.stop());

test('a cache is described with its limits and where it is reached', async () => {
  const { ServerlessCaches } = await client.send(new DescribeServerlessCachesCommand({}));

  expect(ServerlessCaches).toMatchObject([
    {
      ServerlessCacheName: 'rates',
      Status: 'available',
      Engine: 'valkey',
      CacheUsageLimits: GIVEN,
      Endpoint: { Address: address, Port: 6379 },
    },
  ]);
});

test('one limit is changed and the other stays', async () => {
  const change = { ServerlessCacheName: 'rates', CacheUsageLimits: { ECPUPerSecond: { Maximum: 9_000 } } };
  const { ServerlessCache } = await client.send(new ModifyServerlessCacheCommand(change));

  expect(ServerlessCache?.CacheUsageLimits).toEqual({ ...GIVEN, ECPUPerSecond: { Maximum: 9_000 } });
});

test.each([
  ['a cache that is not there', { ServerlessCacheName: 'none' }, 'ServerlessCacheNotFoundFault'],
  ['too little', { CacheUsageLimits: { ECPUPerSecond: { Maximum: 10 } } }, 'InvalidParameterValue'],
  ['what is not emulated', { DailySnapshotTime: '03:00' }, 'InvalidParameterValue'],
])('%s is refused', async (_, change, code) => {
  const command = new ModifyServerlessCacheCommand({ ServerlessCacheName: 'rates', ...change });
  await expect(client.send(command)).rejects.toMatchObject({ name: expect.stringContaining(code) });
});
