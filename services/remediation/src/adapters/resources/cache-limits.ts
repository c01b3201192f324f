import {
  DescribeServerlessCachesCommand,
  type ElastiCacheClient,
  ModifyServerlessCacheCommand,
} from '@aws-sdk/client-elasticache';
import type { Change } from '@lamplighter/remedies';
import { type FieldHands, fieldByField } from './field-by-field.ts';
import type { ChangeHands } from './resources.ts';

type LimitsChange = Extract<Change, { kind: 'cache-limits' }>;

/** The upper limits of a serverless cache. A limit that is not there stays away: one can be raised, and not be invented. */
export const cacheLimits = (client: ElastiCacheClient): ChangeHands<LimitsChange> =>
  fieldByField(limitsHands(client), { fields: ['maxStorageGb', 'maxEcpuPerSecond'], isBlock: true });

function limitsHands(client: ElastiCacheClient): FieldHands<LimitsChange> {
  return {
    async read({ kind, cacheName }) {
      const { ServerlessCaches = [] } = await client.send(
        new DescribeServerlessCachesCommand({ ServerlessCacheName: cacheName }),
      );
      const limits = ServerlessCaches[0]?.CacheUsageLimits;
      return {
        kind,
        cacheName,
        maxStorageGb: limits?.DataStorage?.Maximum ?? null,
        maxEcpuPerSecond: limits?.ECPUPerSecond?.Maximum ?? null,
      };
    },
    async write({ cacheName, maxStorageGb, maxEcpuPerSecond }) {
      await client.send(
        new ModifyServerlessCacheCommand({
          ServerlessCacheName: cacheName,
          CacheUsageLimits: {
            ...(maxStorageGb !== null && { DataStorage: { Unit: 'GB' as const, Maximum: maxStorageGb } }),
            ...(maxEcpuPerSecond !== null && { ECPUPerSecond: { Maximum: maxEcpuPerSecond } }),
          },
        }),
      );
    },
  };
}
