import {
  type APIGatewayClient,
  GetStageCommand,
  type PatchOperation,
  UpdateStageCommand,
} from '@aws-sdk/client-api-gateway';
import { Change } from '@lamplighter/remedies';
import { type FieldHands, fieldByField } from './field-by-field.ts';
import type { ChangeHands } from './resources.ts';

const ALL_METHODS = '*/*';
const SMALLEST = '0.5';
const DEFAULT_TTL_S = 300;

type CacheChange = Extract<Change, { kind: 'api-cache' }>;

const FIELDS = ['clusterEnabled', 'clusterSizeGb', 'cachingEnabled', 'ttlS'] as const;

/** The cache of a REST stage: its cluster, and whether GET methods use it. Who sets any of it has made it theirs. */
export const apiCache = (client: APIGatewayClient): ChangeHands<CacheChange> =>
  fieldByField(cacheHands(client), { fields: FIELDS, isOne: true });

function cacheHands(client: APIGatewayClient): FieldHands<CacheChange> {
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
      return Change.parse(restore) as CacheChange;
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
