import type { Change } from '../change.ts';

/** Half a gigabyte of cache for a minute, in front of a stage. */
export const CACHE: Extract<Change, { kind: 'api-cache' }> = {
  kind: 'api-cache',
  apiId: 'a1',
  stage: 'prod',
  clusterEnabled: true,
  clusterSizeGb: '0.5',
  cachingEnabled: true,
  ttlS: 60,
};

/** A limit of the same stage, requests a second. */
export const throttle = (rateLimit: number, stage = 'prod'): Change => ({
  kind: 'api-throttle',
  protocol: 'HTTP',
  apiId: 'a1',
  stage,
  rateLimit,
  burstLimit: 10,
});
