import type { Finding } from '@lamplighter/contracts';
import type { Playbook } from '../playbook.ts';

const LONGEST_S = 900;

/**
 * New environments for a function that became slow by itself: whatever had grown in the old ones is gone with them. Lambda replaces them when the
 * configuration changes (https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html); a second of timeout is the least that can.
 */
export const freshEnvironments: Playbook = {
  name: 'fresh-environments',
  answers: ['slow-down'],
  risk: 'low',
  permissions: ['lambda:GetFunctionConfiguration', 'lambda:UpdateFunctionConfiguration'],
  verifies: 'duration',
  propose: ({ finding, function: settings }) => {
    // Without traces nobody knows what it waits for.
    if (settings?.tracing !== 'Active' || isExplained(finding)) return undefined;
    const { functionName, timeoutS: now } = settings;
    const timeoutS = now < LONGEST_S ? now + 1 : now - 1;
    return {
      change: { kind: 'lambda-configuration', functionName, timeoutS },
      title: `Replace every environment of ${functionName}, by a timeout of ${timeoutS} instead of ${now} s`,
      reason: 'It became slow by itself: nothing that it calls, and no deploy, explains it.',
      costPerHourUsd: 0,
      undo: `The timeout is set back to ${now} s, which replaces them once more.`,
    };
  },
};

/** What waits for others, or came with a version, is the same in a new environment. */
const isExplained = ({ causes }: Finding): boolean =>
  causes.some(({ kind }) => kind === 'dependency' || kind === 'deploy' || kind === 'load' || kind === 'neighbour');
