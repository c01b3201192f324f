import type { Playbook } from '../playbook.ts';
import { holdsConnections } from './blamed-dependency.ts';

/** Lets an API refuse at its door what would break what stands behind it. Only where the function answers the whole stage: nobody else's requests are refused. */
export const apiThrottle: Playbook = {
  name: 'api-throttle',
  answers: ['traffic-spike', 'throttling-ahead', 'connection-pressure'],
  risk: 'high',
  permissions: ['apigateway:GET', 'apigateway:PATCH'],
  verifies: 'unserved-share',
  propose: ({ finding, api, normal }) => {
    if (holdsConnections(finding)) return undefined;
    if (api === undefined || normal === undefined || api.isShared) return undefined;
    const { protocol, apiId, stage, rateLimit: now } = api;
    const rateLimit = Math.max(1, Math.ceil((normal.callsPerMinute / 60) * 2));
    if (now !== undefined && rateLimit >= now) return undefined;
    return {
      change: { kind: 'api-throttle', protocol, apiId, stage, rateLimit, burstLimit: rateLimit * 2 },
      title: `Let ${apiId} take ${rateLimit} requests a second at most`,
      reason: `Usually it takes ${(normal.callsPerMinute / 60).toFixed(1)} a second.`,
      costPerHourUsd: 0,
      undo: now === undefined ? 'The limit is taken away.' : `The limit is set back to ${now} a second.`,
      untilMinutes: 60,
    };
  },
};
