import { expect, test } from '@jest/globals';
import { aRepair, memoryRemediations } from '../../test/a-repair.ts';
import { expired } from '../domain/end-of-advice.ts';
import { NothingChanged } from '../domain/nothing-changed.ts';
import { applyRepair, restoreRepair, snapshotRepair } from './apply-repair.ts';
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
    resources: async () => ({
      snapshot: expireMeanwhile,
      apply: () => Promise.reject(new Error('nobody should')),
      undo: () => Promise.reject(new Error('nobody should')),
    }),
    killSwitch: { isOn: async () => false, set: async () => undefined },
    now: () => 2,
  });

  expect(next).toEqual({ next: 'over' });
  expect((await remediations.read(remediationId))!.value).toMatchObject({ remediation: { state: 'expired' } });
});

/** A function's timeout, and a repair of it that has its snapshot. */
function aTimeout() {
  const was = { kind: 'lambda-configuration', functionName: 'hotel-pay', timeoutS: 3 } as const;
  const repair = aRepair({
    remediation: { state: 'applying' },
    snapshot: { takenAt: 1, restore: was },
    isBegun: false,
  });
  const remediations = memoryRemediations(repair);
  const written: unknown[] = [];
  let isOn = false;
  let refusal: Error | undefined;
  const left: string[] = [];
  const deps = {
    remediations,
    resources: async () => ({
      snapshot: () => Promise.reject(new Error('nobody should')),
      apply: async (change: unknown) => {
        if (refusal !== undefined) throw refusal;
        written.push(change);
      },
      undo: async (_: unknown, restore: unknown) => {
        written.push(restore);
        return left;
      },
    }),
    killSwitch: { isOn: async () => isOn, set: async () => undefined },
    now: () => 2,
  };
  const { remediationId } = repair.remediation;
  return {
    deps,
    remediationId,
    remediations,
    written,
    was,
    change: repair.change,
    stop: () => (isOn = true),
    left,
    refuse: (why?: Error) => (refusal = why),
  };
}

test('a change that was made and not written down before the kill switch came is undone', async () => {
  const { deps, remediationId, remediations, written, was, change, stop } = aTimeout();
  const diesAfterTheChange = {
    ...deps,
    remediations: {
      ...remediations,
      write: async (...[stored, version]: Parameters<typeof remediations.write>) => {
        if (stored.remediation.state === 'verifying') throw new Error('the function died');
        return remediations.write(stored, version);
      },
    },
  };

  await expect(applyRepair(remediationId, diesAfterTheChange)).rejects.toThrow('died');
  stop();
  expect(await applyRepair(remediationId, deps)).toEqual({ next: 'refused' });
  await restoreRepair(remediationId, deps);

  expect(written).toEqual([change, was]);
});

test('where the kill switch was on from the first, the resource is not touched at all', async () => {
  const { deps, remediationId, written, stop } = aTimeout();
  stop();

  expect(await applyRepair(remediationId, deps)).toEqual({ next: 'refused' });
  await restoreRepair(remediationId, deps);

  expect(written).toEqual([]);
});

test('a change that was made and written down is not stopped any more', async () => {
  const { deps, remediationId, stop } = aTimeout();
  await applyRepair(remediationId, deps);
  stop();

  expect(await applyRepair(remediationId, deps)).toEqual({ next: 'applied' });
});

test('what is refused for good at the first try was never begun, and nothing is undone', async () => {
  const { deps, remediationId, written, refuse } = aTimeout();
  refuse(new NothingChanged('timeoutS is 60 by now'));

  await expect(applyRepair(remediationId, deps)).rejects.toMatchObject({ name: 'NothingChanged' });
  await restoreRepair(remediationId, deps);

  expect(written).toEqual([]);
});

test('what is refused for good after a try that may have changed something is undone', async () => {
  const { deps, remediationId, written, was, refuse } = aTimeout();
  refuse(new Error('the connection was lost'));
  await expect(applyRepair(remediationId, deps)).rejects.toThrow('lost');
  refuse(new NothingChanged('timeoutS is 60 by now'));

  await expect(applyRepair(remediationId, deps)).rejects.toMatchObject({ name: 'Error' });
  await restoreRepair(remediationId, deps);

  expect(written).toEqual([was]);
});

test('what was left to its owner is written down', async () => {
  const { deps, remediationId, remediations, left } = aTimeout();
  await applyRepair(remediationId, deps);
  left.push('timeoutS is 60 by now.');

  await restoreRepair(remediationId, deps);

  expect((await remediations.read(remediationId))!.value.remediation.leftToOwner).toBe('timeoutS is 60 by now.');
});
