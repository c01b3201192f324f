import { durationCostPerHour } from '../cost.ts';
import type { Playbook } from '../playbook.ts';
import { percent } from '../words.ts';
import { functionPatch } from './function-patch.ts';

const LONGEST_S = 900;
/** API Gateway waits no longer (HTTP API: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html). */
const API_LONGEST_S = 29;

/** A longer timeout where slow but healthy work is cut off. */
export const lambdaTimeout: Playbook = {
  name: 'lambda-timeout',
  answers: ['timeouts', 'timeout-risk'],
  risk: 'low',
  permissions: ['lambda:GetFunctionConfiguration', 'lambda:UpdateFunctionConfiguration'],
  verifies: 'timeout-share',
  verifiesFor: { 'timeout-risk': 'timeout-risk' },
  propose: ({ function: settings, traffic, api }) => {
    if (settings === undefined) return undefined;
    const { functionName, timeoutS: now, memorySizeMb, architecture } = settings;
    const limit = api === undefined ? LONGEST_S : API_LONGEST_S;
    const timeoutS = Math.min(limit, Math.max(Math.ceil(now * 1.5), Math.ceil((traffic.p95Ms * 2) / 1000)));
    if (timeoutS <= now) return undefined;
    const cutPerHour = traffic.callsPerMinute * 60 * traffic.timeoutShare;
    const longer = { ...traffic, callsPerMinute: cutPerHour / 60, p50Ms: (timeoutS - now) * 1000 };
    return {
      change: { kind: 'lambda-configuration', functionName, timeoutS },
      title: `Set the timeout of ${functionName} from ${now} to ${timeoutS} s`,
      reason: `${percent(traffic.timeoutShare)} of the calls ran into ${now} s; 95 % end within ${Math.round(traffic.p95Ms)} ms.`,
      costPerHourUsd: durationCostPerHour(longer, memorySizeMb, architecture),
      undo: `The timeout is set back to ${now} s.`,
      patch: functionPatch(functionName, { timeout: timeoutS }),
    };
  },
};
