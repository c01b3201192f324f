import type { Finding } from '@lamplighter/contracts';
import type { Playbook } from '../playbook.ts';
import type { RemedyContext } from '../remedy-context.ts';

const LONGEST_S = 900;

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
    const { functionName, timeoutS: now } = settings;
    const timeoutS = now < LONGEST_S ? now + 1 : now - 1;
    return {
      change: { kind: 'lambda-configuration', functionName, timeoutS },
      title: `Replace every environment of ${functionName}, by a timeout of ${timeoutS} instead of ${now} s`,
      reason: 'It became slow by itself: nothing that its traces show, and no deploy, explains it.',
      costPerHourUsd: 0,
      undo: `The timeout is set back to ${now} s, which replaces them once more.`,
    };
  },
};

/** What waits for others, or came with a version, is the same in a new environment. */
const isExplained = ({ causes }: Finding): boolean =>
  causes.some(({ kind }) => kind === 'dependency' || kind === 'deploy' || kind === 'load' || kind === 'neighbour');

/** Whether calls reach a published version; what is not known is taken from the aliases. */
function servesVersions({ function: settings, traffic: { byVersion = [] } }: RemedyContext): boolean {
  const reached = byVersion.length > 0 ? byVersion.filter(({ calls }) => calls > 0) : (settings?.aliases ?? []);
  return reached.some(({ version }) => version !== '$LATEST');
}
