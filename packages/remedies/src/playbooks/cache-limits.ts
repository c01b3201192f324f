import { usdOf } from '@lamplighter/pricing';
import type { Playbook } from '../playbook.ts';
import { resourcePatch } from './resource-patch.ts';

const NAMES_A_CACHE = /redis|valkey|memcache|elasticache|cache/i;

/** A serverless cache that reached its own limit may do twice as much. */
export const cacheLimits: Playbook = {
  name: 'cache-limits',
  answers: ['dependency-slow', 'error-burst', 'slow-down'],
  risk: 'medium',
  permissions: ['elasticache:DescribeServerlessCaches', 'elasticache:ModifyServerlessCache'],
  verifies: 'duration',
  propose: ({ finding, cache }) => {
    const isNamed = finding.causes.some(({ name }) => NAMES_A_CACHE.test(name));
    if (cache === undefined || !isNamed) return undefined;
    const { cacheName, engine, maxStorageGb: storage, maxEcpuPerSecond: ecpu } = cache;
    if (storage === undefined && ecpu === undefined) return undefined;
    const limits = { maxStorageGb: doubled(storage), maxEcpuPerSecond: doubled(ecpu) };
    const isRedis = engine === 'redis';
    const perEcpu = usdOf(isRedis ? 'elasticache_serverless.redis_ecpu' : 'elasticache_serverless.valkey_ecpu') / 1e6;
    const perGbHour = usdOf(isRedis ? 'elasticache_serverless.redis_storage' : 'elasticache_serverless.valkey_storage');
    return {
      change: { kind: 'cache-limits', cacheName, ...limits },
      title: `Let ${cacheName} use up to ${sayLimits(limits)} instead of ${sayLimits({ maxStorageGb: storage ?? null, maxEcpuPerSecond: ecpu ?? null })}`,
      reason: 'Calls wait for it, or are refused, at its own limit.',
      // The most that it can cost: as much more as the limits rise, all the time.
      costPerHourUsd: (ecpu ?? 0) * 3_600 * perEcpu + (storage ?? 0) * perGbHour,
      patch: resourcePatch('AWS::ElastiCache::ServerlessCache', cacheName, {
        CacheUsageLimits: {
          ...(limits.maxStorageGb !== null && { DataStorage: { Maximum: limits.maxStorageGb, Unit: 'GB' } }),
          ...(limits.maxEcpuPerSecond !== null && { ECPUPerSecond: { Maximum: limits.maxEcpuPerSecond } }),
        },
      }),
      undo: `The limits are set back to ${sayLimits({ maxStorageGb: storage ?? null, maxEcpuPerSecond: ecpu ?? null })}.`,
    };
  },
};

interface Limits {
  readonly maxStorageGb: number | null;
  readonly maxEcpuPerSecond: number | null;
}

const doubled = (limit: number | undefined): number | null => (limit === undefined ? null : limit * 2);

const sayLimits = ({ maxStorageGb, maxEcpuPerSecond }: Limits): string =>
  [maxStorageGb !== null && `${maxStorageGb} GB`, maxEcpuPerSecond !== null && `${maxEcpuPerSecond} ECPU a second`]
    .filter((one) => one !== false)
    .join(' and ');
