import { provisionedCostPerHour } from '../cost.ts';
import type { Playbook } from '../playbook.ts';
import { percent } from '../words.ts';
import { functionPatch } from './function-patch.ts';

const SHARE_OF_PEAK = 1.1;

/** Environments that are kept ready behind an alias, as many as the peak needs; nothing where the alias is scaled by a schedule, which would be left with them. */
export const provisionedConcurrency: Playbook = {
  name: 'provisioned-concurrency',
  answers: ['cold-starts'],
  risk: 'medium',
  permissions: [
    'lambda:GetProvisionedConcurrencyConfig',
    'lambda:PutProvisionedConcurrencyConfig',
    'lambda:DeleteProvisionedConcurrencyConfig',
  ],
  verifies: 'cold-start-share',
  propose: ({ function: settings, traffic }) => {
    const alias = settings?.aliases[0];
    if (settings === undefined || alias === undefined || settings.scaledAliases.includes(alias.name)) return undefined;
    const concurrency = Math.max(1, Math.ceil(traffic.peakConcurrency * SHARE_OF_PEAK));
    if (concurrency > settings.unreservedConcurrency - 100) return undefined;
    const { functionName, memorySizeMb, architecture } = settings;
    return {
      change: { kind: 'lambda-provisioned-concurrency', functionName, qualifier: alias.name, concurrency },
      title: `Keep ${concurrency} environments of ${functionName}:${alias.name} ready`,
      reason: `${percent(traffic.coldStartShare)} of the calls met a cold start, with up to ${traffic.peakConcurrency} environments at once.`,
      costPerHourUsd: provisionedCostPerHour(concurrency, memorySizeMb, architecture),
      undo: 'No environment is kept ready any more.',
      patch: functionPatch(functionName, { provisionedConcurrency: concurrency }),
      untilMinutes: 120,
    };
  },
};
