import { provisionedCostPerHour } from '../cost.ts';
import type { Playbook } from '../playbook.ts';
import { percent } from '../words.ts';
import { calledAlias } from './called-alias.ts';
import { functionPatch } from './function-patch.ts';
import { provisionable } from './provisionable.ts';

const SHARE_OF_PEAK = 1.1;

/** Environments that are kept ready behind the alias that is called, as many as the peak needs; nothing where the alias is scaled by a schedule, which would be left with them. */
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
  propose: (context) => {
    const { function: settings, traffic } = context;
    const alias = calledAlias(context);
    if (settings === undefined || alias === undefined || settings.scaledAliases.includes(alias.name)) return undefined;
    const wanted = Math.max(1, Math.ceil(traffic.peakConcurrency * SHARE_OF_PEAK));
    const concurrency = provisionable(wanted, alias.version, context);
    if (concurrency === 0) return undefined;
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
