import type { Playbook } from '../playbook.ts';
import type { RemedyContext } from '../remedy-context.ts';
import { percent } from '../words.ts';
import { whatIsCalled } from './what-calls-reach.ts';

/** The owner says by this tag that the function answers `{"lamplighter":"warm"}` without doing anything. */
export const WARM_TAG = 'lamplighter:warm';

/** Calls that only start environments, for a function whose owner allows it. */
export const preWarm: Playbook = {
  name: 'pre-warm',
  answers: ['cold-starts', 'traffic-spike'],
  risk: 'low',
  permissions: ['lambda:InvokeFunction'],
  verifies: 'none',
  propose: (context) => {
    const { function: settings, traffic } = context;
    if (settings?.tags[WARM_TAG] !== 'allowed') return undefined;
    const environments = Math.min(100, Math.max(1, traffic.peakConcurrency));
    const { functionName } = settings;
    const qualifier = qualifierOf(context);
    const name = qualifier === undefined ? functionName : `${functionName}:${qualifier}`;
    return {
      change: { kind: 'lambda-warm', functionName, ...(qualifier !== undefined && { qualifier }), environments },
      title: `Start ${environments} environments of ${name} ahead`,
      reason: `${percent(traffic.coldStartShare)} of the calls met a cold start.`,
      costPerHourUsd: 0,
      undo: 'Nothing to undo: idle environments end by themselves.',
    };
  },
};

/** Environments belong to a version. An alias that shares its calls would start some of another one, and of several nobody can say which will be called. */
function qualifierOf(context: RemedyContext): string | undefined {
  const { version, aliases } = whatIsCalled(context);
  if (version === '$LATEST') return undefined;
  const [alias, ...others] = aliases;
  return alias === undefined || others.length > 0 || Object.keys(alias.weights).length > 0 ? version : alias.name;
}
