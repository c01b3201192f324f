import type { Playbook } from '../playbook.ts';

/** Lets an API refuse at its door what would break what stands behind it. */
export const apiThrottle: Playbook = {
  name: 'api-throttle',
  answers: ['traffic-spike', 'throttling-ahead', 'connection-pressure'],
  risk: 'high',
  permissions: ['apigateway:GET', 'apigateway:PATCH'],
  verifies: 'failure-share',
  propose: ({ api, normal }) => {
    if (api === undefined || normal === undefined) return undefined;
    const rateLimit = Math.max(1, Math.ceil((normal.callsPerMinute / 60) * 2));
    if (rateLimit >= api.rateLimit) return undefined;
    return {
      change: { kind: 'api-throttle', apiId: api.apiId, stage: api.stage, rateLimit, burstLimit: rateLimit * 2 },
      title: `Let ${api.apiId} take ${rateLimit} requests a second at most`,
      reason: `Usually it takes ${(normal.callsPerMinute / 60).toFixed(1)} a second.`,
      costPerHourUsd: 0,
      undo: `The limit is set back to ${api.rateLimit} a second.`,
      untilMinutes: 60,
    };
  },
};
