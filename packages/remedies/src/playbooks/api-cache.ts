import type { Playbook } from '../playbook.ts';

/** Smallest cluster, us-east-1, an hour: https://aws.amazon.com/api-gateway/pricing/ */
const SMALLEST_USD_AN_HOUR = 0.02;
const TTL_S = 60;
const MINUTES = 180;

/**
 * Answers to GET are given again for a minute, without asking what stands behind. Only a person knows whether two callers may be given the same answer, so
 * it is never done without one. The cluster takes some minutes to come up.
 */
export const apiCache: Playbook = {
  name: 'api-cache',
  answers: ['traffic-spike', 'connection-pressure', 'throttling-ahead'],
  risk: 'high',
  permissions: ['apigateway:GET', 'apigateway:PATCH'],
  verifies: 'none',
  alwaysAsks: true,
  propose: ({ api }) => {
    if (api?.cache === undefined || api.cache.isOn) return undefined;
    const { apiId, stage } = api;
    return {
      change: {
        kind: 'api-cache',
        apiId,
        stage,
        clusterEnabled: true,
        clusterSizeGb: '0.5',
        cachingEnabled: true,
        ttlS: TTL_S,
      },
      title: `Let ${apiId}/${stage} give the same answer to the same GET for ${TTL_S} s`,
      reason: 'More requests come than what stands behind it can take.',
      costPerHourUsd: SMALLEST_USD_AN_HOUR,
      undo: 'The cache is switched off again.',
      untilMinutes: MINUTES,
    };
  },
};
