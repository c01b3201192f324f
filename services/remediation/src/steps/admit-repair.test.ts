import { expect, test } from '@jest/globals';
import { aRepair, memoryRemediations } from '../../test/a-repair.ts';
import { expired } from '../domain/end-of-advice.ts';
import { RemediationConfig } from '../domain/remediation-config.ts';
import { admitRepair } from './admit-repair.ts';
import { changeStored } from './change-stored.ts';

test('a repair that expires while the rails are read is not refused beside', async () => {
  const repair = aRepair({ remediation: { state: 'approved' } });
  const { remediationId } = repair.remediation;
  const remediations = memoryRemediations(repair);
  const never = () => Promise.reject(new Error('nobody should'));

  await admitRepair(remediationId, {
    remediations,
    guard: {
      state: async (now) => {
        await changeStored(remediations, remediationId, (one) => expired(one, 1));
        return { version: 1, state: { now, inChange: [], recent: [], spentPerHourUsd: 0, spentPerMonthUsd: 0 } };
      },
      admit: never,
      lock: never,
      release: never,
      note: never,
    },
    config: async () => RemediationConfig.parse({}),
    killSwitch: { isOn: async () => true, set: never },
    experience: { all: never, learn: never },
    windows: never,
    attempts: never,
    approvalLinks: never,
    stage: 'dev',
    now: () => 2,
  });

  expect((await remediations.read(remediationId))!.value.remediation.state).toBe('expired');
});
