import { physicalName } from '../../core/physical-name.ts';
import { refuseUnknownProperties } from '../../core/provided-property.ts';
import type { ResourceProvider } from '../../core/service.ts';
import { limitsIn } from './operations.ts';
import type { ServerlessCache, ServerlessCaches } from './serverless-caches.ts';

const TYPE = 'AWS::ElastiCache::ServerlessCache';
const PROPERTIES = ['ServerlessCacheName', 'Engine', 'MajorEngineVersion', 'Description', 'CacheUsageLimits', 'Tags'];

/** `AWS::ElastiCache::ServerlessCache`. Its limits change in place; for anything else the stack is removed first. */
export function cacheResource(caches: ServerlessCaches): ResourceProvider {
  const asCreated = ({ name, arn, address }: ServerlessCache) => ({
    ref: name,
    attributes: { ARN: arn, 'Endpoint.Address': address, 'Endpoint.Port': '6379' },
  });
  return {
    async create(request) {
      const { properties } = request;
      refuseUnknownProperties(TYPE, properties, PROPERTIES);
      const { MajorEngineVersion: version, Description: description } = properties;
      const name = String(properties.ServerlessCacheName ?? physicalName(request, 40)).toLowerCase();
      const cache = caches.create({
        name,
        engine: String(properties.Engine),
        description: description === undefined ? undefined : String(description),
        limits: limitsIn(properties.CacheUsageLimits),
        ...(version !== undefined && { majorVersion: String(version) }),
      });
      return asCreated(cache);
    },
    async update({ ref }, { properties }) {
      refuseUnknownProperties(TYPE, properties, PROPERTIES);
      const cache = caches.get(ref);
      if (properties.Engine !== cache.engine)
        throw new Error('The sandbox changes the limits of a cache in place, not its engine: remove the stack first.');
      caches.limit(cache, limitsIn(properties.CacheUsageLimits));
      return asCreated(cache);
    },
    async delete({ ref }) {
      caches.remove(ref);
    },
  };
}
