import { queryService } from '../../core/protocols/query-protocol.ts';
import type { Emulated, ServiceContext } from '../../core/service.ts';
import { cacheOperations } from './operations.ts';
import { cacheResource } from './resources.ts';
import { ServerlessCaches } from './serverless-caches.ts';

/** The control plane of ElastiCache Serverless: caches that are described and tuned. What a cache would hold is not emulated. */
export function createElastiCache(context: ServiceContext): Emulated {
  const caches = new ServerlessCaches(context);
  return {
    peer: undefined,
    service: queryService({
      signingName: 'elasticache',
      xmlns: 'http://elasticache.amazonaws.com/doc/2015-02-02/',
      operations: cacheOperations(caches),
      resources: { 'AWS::ElastiCache::ServerlessCache': cacheResource(caches) },
    }),
  };
}
