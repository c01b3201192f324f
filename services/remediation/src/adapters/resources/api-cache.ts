import {
  type APIGatewayClient,
  GetStageCommand,
  type PatchOperation,
  UpdateStageCommand,
} from '@aws-sdk/client-api-gateway';
import { Change } from '@lamplighter/remedies';
import type { ChangeHands } from './resources.ts';

const ALL_METHODS = '*/*';
const SMALLEST = '0.5';
const DEFAULT_TTL_S = 300;

/** The cache of a REST stage: its cluster, and whether GET methods use it. */
export function apiCache(client: APIGatewayClient): ChangeHands<Extract<Change, { kind: 'api-cache' }>> {
  return {
    async read({ kind, apiId, stage }) {
      const found = await client.send(new GetStageCommand({ restApiId: apiId, stageName: stage }));
      const methods = found.methodSettings?.[ALL_METHODS];
      const restore = {
        kind,
        apiId,
        stage,
        clusterEnabled: found.cacheClusterEnabled ?? false,
        clusterSizeGb: found.cacheClusterSize ?? SMALLEST,
        cachingEnabled: methods?.cachingEnabled ?? false,
        ttlS: methods?.cacheTtlInSeconds ?? DEFAULT_TTL_S,
      };
      return Change.parse(restore);
    },
    async write({ apiId, stage, clusterEnabled, clusterSizeGb, cachingEnabled, ttlS }) {
      const replaced: readonly (readonly [string, string])[] = [
        ['/cacheClusterEnabled', String(clusterEnabled)],
        ['/cacheClusterSize', clusterSizeGb],
        [`/${ALL_METHODS}/caching/enabled`, String(cachingEnabled)],
        [`/${ALL_METHODS}/caching/ttlInSeconds`, String(ttlS)],
      ];
      const patchOperations: PatchOperation[] = replaced.map(([path, value]) => ({ op: 'replace', path, value }));
      await client.send(new UpdateStageCommand({ restApiId: apiId, stageName: stage, patchOperations }));
    },
  };
}
