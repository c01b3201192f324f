import { expect, test } from '@jest/globals';
import { aRepair, memoryRemediations } from '../../test/a-repair.ts';
import { expired } from '../domain/end-of-advice.ts';
import { snapshotRepair } from './apply-repair.ts';
import { changeStored } from './change-stored.ts';

test('a repair that expires while its snapshot is read stays expired', async () => {
  const repair = aRepair({ remediation: { state: 'approved' } });
  const { remediationId } = repair.remediation;
  const remediations = memoryRemediations(repair);
  const expireMeanwhile = async () => {
    await changeStored(remediations, remediationId, (one) => expired(one, 1));
    return { takenAt: 1, restore: repair.change };
  };

  const next = await snapshotRepair(remediationId, {
    remediations,
    resources: async () => ({ snapshot: expireMeanwhile, apply: () => Promise.reject(new Error('nobody should')) }),
    killSwitch: { isOn: async () => false, set: async () => undefined },
    now: () => 2,
  });

  expect(next).toEqual({ next: 'over' });
  expect((await remediations.read(remediationId))!.value).toMatchObject({ remediation: { state: 'expired' } });
});
