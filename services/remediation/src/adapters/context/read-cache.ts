import { type ElastiCacheClient, paginateDescribeServerlessCaches } from '@aws-sdk/client-elasticache';
import type { RemedyContext } from '@lamplighter/remedies';

/** The serverless cache whose endpoint stands in the function's environment. */
export async function readCache(
  client: ElastiCacheClient,
  environment: readonly string[],
): Promise<RemedyContext['cache']> {
  if (!environment.some((value) => value.includes('.cache.amazonaws.com'))) return undefined;
  for await (const { ServerlessCaches = [] } of paginateDescribeServerlessCaches({ client }, {})) {
    const found = ServerlessCaches.find(({ Endpoint }) =>
      environment.some((value) => Endpoint?.Address !== undefined && value.includes(Endpoint.Address)),
    );
    if (found === undefined) continue;
    const { DataStorage, ECPUPerSecond } = found.CacheUsageLimits ?? {};
    return {
      cacheName: found.ServerlessCacheName!,
      engine: found.Engine ?? 'valkey',
      ...(DataStorage?.Maximum !== undefined && { maxStorageGb: DataStorage.Maximum }),
      ...(ECPUPerSecond?.Maximum !== undefined && { maxEcpuPerSecond: ECPUPerSecond.Maximum }),
    };
  }
  return undefined;
}
