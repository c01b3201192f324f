import { expect, test } from '@jest/globals';
import { aRepair, memoryRemediations } from '../../test/a-repair.ts';
import { expired } from '../domain/end-of-advice.ts';
import { RemediationConfig } from '../domain/remediation-config.ts';
import { admitRepair } from './admit-repair.ts';
import { changeStored } from './change-stored.ts';
import type { StepDeps } from './step-deps.ts';
import { MOST_WAIT_MS } from './waited-too-long.ts';

const never = () => Promise.reject(new Error('nobody should'));

const NOTHING_SPENT = { recent: [], spentPerHourUsd: 0, costs: [] };

/** Two seconds past the beginning of time, and nobody who may be asked for anything. */
const NOBODY: StepDeps = {
  remediations: memoryRemediations(),
  guard: { state: never, admit: never, lock: never, unlock: never, release: never, forget: never, note: never },
  config: never,
  killSwitch: { isOn: never, set: never },
  experience: { all: never, learn: never },
  windows: never,
  meters: never,
  moves: never,
  approvalLinks: never,
  home: { accountId: '123456789012', region: 'us-east-1' },
  now: () => 2,
};

test('a repair that expires while the rails are read is not refused beside', async () => {
  const repair = aRepair({ remediation: { state: 'approved' } });
  const { remediationId } = repair.remediation;
  const remediations = memoryRemediations(repair);

  await admitRepair(remediationId, {
    ...NOBODY,
    remediations,
    guard: {
      ...NOBODY.guard,
      state: async (now) => {
        await changeStored(remediations, remediationId, (one) => expired(one, 1));
        return { version: 1, state: { ...NOTHING_SPENT, now, inChange: [] } };
      },
    },
    config: async () => RemediationConfig.parse({}),
    killSwitch: { isOn: async () => true, set: never },
  });

  expect((await remediations.read(remediationId))!.value.remediation.state).toBe('expired');
});

test('a repair waits for another one on its resource, but not for ever', async () => {
  const repair = aRepair({ remediation: { state: 'approved', updatedAt: 0 } });
  const { remediationId } = repair.remediation;
  const remediations = memoryRemediations(repair);
  const inChange = [{ remediationId: 'other', resourceKey: 'lambda/hotel-pay' }];
  const admitAt = (at: number) =>
    admitRepair(remediationId, {
      ...NOBODY,
      remediations,
      guard: {
        ...NOBODY.guard,
        state: async (now) => ({ version: 1, state: { ...NOTHING_SPENT, now, inChange } }),
      },
      config: async () =>
        RemediationConfig.parse({
          guardrails: { mode: 'automatic', allow: [{ playbooks: ['*'] }], coolDownMinutes: 0 },
        }),
      killSwitch: { isOn: async () => false, set: never },
      now: () => at,
    });

  expect(await admitAt(MOST_WAIT_MS - 1)).toEqual({ next: 'wait' });
  expect(await admitAt(MOST_WAIT_MS)).toEqual({ next: 'refused' });
  const { remediation } = (await remediations.read(remediationId))!.value;
  expect(remediation).toMatchObject({
    state: 'refused',
    refusals: [{ rail: 'turn', reason: expect.stringContaining('other') }],
  });
});

test('what is so already when a person has said yes ends without a change, and says until when', async () => {
  const repair = aRepair({ untilMinutes: 30, remediation: { state: 'approved' } });
  const { remediationId } = repair.remediation;
  const remediations = memoryRemediations(repair);
  const hold = { change: repair.change, until: 3_600_000 };
  const held = [{ remediationId: 'other', settings: ['lambda/hotel-pay/timeoutS'], hold }];

  const next = await admitRepair(remediationId, {
    ...NOBODY,
    remediations,
    guard: {
      ...NOBODY.guard,
      state: async (now) => ({ version: 1, state: { ...NOTHING_SPENT, now, inChange: [], held } }),
    },
    config: async () => RemediationConfig.parse({ guardrails: { mode: 'approve', allow: [{ playbooks: ['*'] }] } }),
    killSwitch: { isOn: async () => false, set: never },
  });

  expect(next).toEqual({ next: 'over' });
  expect((await remediations.read(remediationId))!.value.remediation).toMatchObject({
    state: 'failed',
    untouched: true,
    failure: 'Nothing was changed. It is so already, by other, until about 1970-01-01 01:00 UTC.',
  });
});

test('what ended after it was let in, before anybody heard so, gives its lock back', async () => {
  const repair = aRepair({ remediation: { state: 'expired' } });
  const { remediationId } = repair.remediation;
  const forgotten: string[] = [];

  const next = await admitRepair(remediationId, {
    ...NOBODY,
    remediations: memoryRemediations(repair),
    guard: { ...NOBODY.guard, forget: async (record) => void forgotten.push(record.remediationId) },
  });

  expect(next).toEqual({ next: 'over' });
  expect(forgotten).toEqual([remediationId]);
});
