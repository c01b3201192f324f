import { durationCostPerHour } from '../cost.ts';
import type { Playbook } from '../playbook.ts';
import { percent } from '../words.ts';
import { CONFIGURATION_PERMISSIONS, configurationChange, nameOf, undoOf } from './configuration-change.ts';
import { functionPatch } from './function-patch.ts';
import { noRoomFor, queueRoomOf, withinRoom } from './queue-room.ts';
import { whatCallsReach } from './what-calls-reach.ts';

const LONGEST_S = 900;
/** API Gateway waits no longer (HTTP API: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html). */
const API_LONGEST_S = 29;

/** A longer timeout where slow but healthy work is cut off; never longer than the queues that feed it hide a message. */
export const lambdaTimeout: Playbook = {
  name: 'lambda-timeout',
  answers: ['timeouts', 'timeout-risk'],
  risk: 'low',
  permissions: CONFIGURATION_PERMISSIONS,
  verifies: 'timeout-share',
  verifiesFor: { 'timeout-risk': 'timeout-risk' },
  propose: (context) => {
    const { function: settings, traffic, api } = context;
    const reached = whatCallsReach(context, 'timeoutS');
    if (settings === undefined || reached === undefined) return undefined;
    const { functionName, timeoutS: now, memorySizeMb } = reached;
    const limit = api === undefined ? LONGEST_S : API_LONGEST_S;
    const wantedS = Math.min(limit, Math.max(Math.ceil(now * 1.5), Math.ceil((traffic.p95Ms * 2) / 1000)));
    if (wantedS <= now) return undefined;
    const room = queueRoomOf(settings);
    const heldBack = room !== undefined && withinRoom(wantedS, room) <= now ? noRoomFor(wantedS, room) : undefined;
    const timeoutS = heldBack === undefined ? withinRoom(wantedS, room) : wantedS;
    const cutPerHour = traffic.callsPerMinute * 60 * traffic.timeoutShare;
    const longer = { ...traffic, callsPerMinute: cutPerHour / 60, p50Ms: (timeoutS - now) * 1000 };
    return {
      ...(heldBack && { obstacle: heldBack }),
      ...configurationChange(reached, { timeoutS }),
      title: `Set the timeout of ${nameOf(reached)} from ${now} to ${timeoutS} s`,
      reason: `${percent(traffic.timeoutShare)} of the calls ran into ${now} s; of the calls that met a running environment, 95 % end within ${Math.round(traffic.p95Ms)} ms.`,
      costPerHourUsd: durationCostPerHour(longer, memorySizeMb, settings.architecture),
      undo: `The timeout is set back to ${now} s.${undoOf(reached)}`,
      // Alone it would not be deployed: Lambda refuses the mapping.
      ...(heldBack === undefined && { patch: functionPatch(functionName, { timeout: timeoutS }) }),
    };
  },
};
