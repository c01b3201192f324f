import { expect, test } from '@jest/globals';
import type { Remediation } from '@lamplighter/contracts';
import { aRepair, memoryRemediations } from '../../test/a-repair.ts';
import { RemediationConfig } from '../domain/remediation-config.ts';
import { guardRepair } from './guard-repair.ts';
import type { StepDeps } from './step-deps.ts';

/** A repair before its rails; those who may approve. */
function before(remediation: Partial<Remediation>, approvers: readonly string[], isKilled = false) {
  const repair = aRepair({ remediation });
  const remediations = memoryRemediations(repair);
  const { remediationId } = repair.remediation;
  const guardrails = { mode: 'approve', allow: [{ playbooks: ['*'] }] };
  const deps = {
    remediations,
    guard: {
      state: async (now: number) => ({
        version: 1,
        state: { now, inChange: [], recent: [], spentPerHourUsd: 0, costs: [] },
      }),
    },
    config: async () => RemediationConfig.parse({ guardrails, approvers }),
    killSwitch: { isOn: async () => isKilled },
    home: { accountId: '123456789012', region: 'us-east-1' },
    now: () => 5,
  } as unknown as StepDeps;
  return {
    step: () => guardRepair(remediationId, deps),
    stored: async () => (await remediations.read(remediationId))!.value.remediation,
  };
}

test.each<[number, string[], string]>([
  [2, ['anna'], 'refused'],
  [1, [], 'refused'],
  [2, ['anna', 'ben'], 'approve'],
  [1, ['anna'], 'approve'],
])('what needs %d yeses of %j is %s', async (approvalsNeeded, approvers, next) => {
  const { step, stored } = before({ approvalsNeeded }, approvers);

  expect(await step()).toMatchObject({ next });

  if (next === 'approve') return;
  expect(await stored()).toMatchObject({
    state: 'refused',
    refusals: [{ rail: 'approvers', lift: expect.stringMatching(/^Add 1 to its approvers/) }],
  });
});

test.each<Remediation['state']>(['applying', 'verifying', 'rolling-back'])(
  'a second execution leaves alone what is %s, and refuses nothing of it',
  async (state) => {
    const { step, stored } = before({ state }, ['anna'], true);

    expect(await step()).toMatchObject({ next: 'over' });

    expect((await stored()).state).toBe(state);
  },
);
