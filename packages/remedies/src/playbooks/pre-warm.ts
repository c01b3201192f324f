import type { Playbook } from '../playbook.ts';
import { percent } from '../words.ts';

/** The owner says by this tag that the function answers `{"lamplighter":"warm"}` without doing anything. */
export const WARM_TAG = 'lamplighter:warm';

/** Calls that only start environments, for a function whose owner allows it. */
export const preWarm: Playbook = {
  name: 'pre-warm',
  answers: ['cold-starts', 'traffic-spike'],
  risk: 'low',
  permissions: ['lambda:InvokeFunction'],
  verifies: 'none',
  propose: ({ function: settings, traffic }) => {
    if (settings?.tags[WARM_TAG] !== 'allowed') return undefined;
    const environments = Math.min(100, Math.max(1, traffic.peakConcurrency));
    const { functionName } = settings;
    return {
      change: { kind: 'lambda-warm', functionName, environments },
      title: `Start ${environments} environments of ${functionName} ahead`,
      reason: `${percent(traffic.coldStartShare)} of the calls met a cold start.`,
      costPerHourUsd: 0,
      undo: 'Nothing to undo: idle environments end by themselves.',
    };
  },
};
