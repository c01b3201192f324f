import type { Finding } from '@lamplighter/contracts';
import type { Obstacle, Playbook } from '../playbook.ts';
import type { FunctionSettings, RemedyContext } from '../remedy-context.ts';
import { type Creep, creepOf } from '../traffic/creep-of-minutes.ts';
import { noRoomFor, queueRoomOf, withinRoom } from './queue-room.ts';

const LONGEST_S = 900;
/** What is as slow again sooner is no repair: somebody has to mend the code, and not look at a restart's figures. */
const LEAST_MINUTES = 10;
/** Of the calls: where more of them start an environment, those that there are have hardly aged. */
const MOST_COLD_SHARE = 0.1;

/**
 * New environments for a function that became slow by itself: whatever had grown in the old ones is gone with them. Lambda replaces them when the
 * configuration changes (https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html); a second of timeout is the least that can. A published version
 * keeps its configuration, and its environments. A finding names nothing where traces failed, or where none was sampled, as well: so a person is asked.
 */
export const freshEnvironments: Playbook = {
  name: 'fresh-environments',
  answers: ['slow-down'],
  risk: 'low',
  alwaysAsks: true,
  permissions: ['lambda:GetFunctionConfiguration', 'lambda:UpdateFunctionConfiguration'],
  verifies: 'duration',
  propose: (context) => {
    const { finding, function: settings } = context;
    // Without traces nobody knows what it waits for.
    if (settings?.tracing !== 'Active' || isExplained(finding) || servesVersions(context)) return undefined;
    if (context.traffic.coldStartShare > MOST_COLD_SHARE) return undefined;
    const { functionName, timeoutS: now } = settings;
    const timeoutS = otherTimeout(context, now);
    const creep = creepIn(context);
    const obstacle = obstacleTo(timeoutS, creep, settings);
    return {
      change: { kind: 'lambda-configuration', functionName, timeoutS },
      title: `Replace every environment of ${functionName}, by a timeout of ${timeoutS} instead of ${now} s`,
      reason: [
        'It became slow by itself: nothing that its traces show, and no deploy, explains it.',
        ...(creep === undefined ? [] : [paceOf(creep)]),
      ].join(' '),
      costPerHourUsd: 0,
      undo: `The timeout is set back to ${now} s, which replaces them once more.`,
      ...(obstacle && { obstacle }),
    };
  },
};

/** A second more where Lambda and the queues that feed the function allow it; a second less where no call takes that long. */
function otherTimeout({ function: settings, traffic }: RemedyContext, now: number): number {
  const isRoom = now < LONGEST_S && withinRoom(now + 1, settings && queueRoomOf(settings)) > now;
  const isSpare = now > 1 && (now >= LONGEST_S || traffic.maxMs < (now - 1) * 1000);
  return isRoom || !isSpare ? now + 1 : now - 1;
}

function obstacleTo(timeoutS: number, creep: Creep | undefined, settings: FunctionSettings): Obstacle | undefined {
  if (creep !== undefined && creep.minutes < LEAST_MINUTES) return tooSoon(creep);
  const room = queueRoomOf(settings);
  const isTooLong = timeoutS > settings.timeoutS && room !== undefined && withinRoom(timeoutS, room) < timeoutS;
  return isTooLong ? noRoomFor(timeoutS, room) : undefined;
}

/** What waits for others, or came with a version or a setting, is the same in a new environment. */
const EXPLAINING = ['dependency', 'deploy', 'configuration-change', 'load', 'neighbour'];
const isExplained = ({ causes }: Finding): boolean => causes.some(({ kind }) => EXPLAINING.includes(kind));

/** Whether calls reach a published version; what is not known is taken from the aliases. */
function servesVersions({ function: settings, traffic: { byVersion = [] } }: RemedyContext): boolean {
  const reached = byVersion.length > 0 ? byVersion.filter(({ calls }) => calls > 0) : (settings?.aliases ?? []);
  return reached.some(({ version }) => version !== '$LATEST');
}

/** From what the finding calls usual: the hour before it may have crept already. */
function creepIn({ finding, normal, byMinute = [] }: RemedyContext): Creep | undefined {
  const told = finding.evidence.find(({ metric, unit }) => metric === 'duration p50' && unit === 'ms')?.before;
  const usualMs = told ?? normal?.p50Ms;
  return usualMs === undefined ? undefined : creepOf(byMinute, usualMs);
}

const paceOf = ({ msPerMinute, minutes }: Creep): string =>
  `It creeps by ${msPerMinute.toPrecision(2)} ms a minute: new environments are as slow again in some ${Math.round(minutes)} minutes.`;

const tooSoon = (creep: Creep): Obstacle => ({
  reason: paceOf(creep),
  lift: `Mend what grows in the code, or release the last version that did not; a restart is proposed where it lasts ${LEAST_MINUTES} minutes.`,
});
