import { expect, test } from '@jest/globals';
import type { Remediation } from '@lamplighter/contracts';
import { aRepair, memoryRemediations } from '../../test/a-repair.ts';
import { RemediationConfig } from '../domain/remediation-config.ts';
import { askForApproval, expireApproval } from './ask-for-approval.ts';
import type { StepDeps } from './step-deps.ts';

function repairIn(state: Remediation['state']) {
  const repair = aRepair({ remediation: { state }, taskToken: 'first' });
  const { remediationId } = repair.remediation;
  const remediations = memoryRemediations(repair);
  const deps = {
    remediations,
    config: async () => RemediationConfig.parse({}),
    approvalLinks: async () => [],
    now: () => 5,
  } as Partial<StepDeps> as StepDeps;
  const stored = async () => (await remediations.read(remediationId))!.value;
  return { remediationId, deps, stored };
}

test('who is asked again after a yes takes nothing back', async () => {
  const { remediationId, deps, stored } = repairIn('approved');

  await expect(askForApproval(remediationId, 'second', deps)).rejects.toMatchObject({ name: 'DecidedAlready' });
  expect((await stored()).remediation.state).toBe('approved');
  expect(await expireApproval(remediationId, deps)).toEqual({ next: 'automatic' });
});

test.each<Remediation['state']>(['applying', 'verifying', 'rolling-back', 'kept'])(
  'a second execution asks nobody about what is %s',
  async (state) => {
    const { remediationId, deps, stored } = repairIn(state);

    await expect(askForApproval(remediationId, 'second', deps)).rejects.toMatchObject({ name: 'DecidedAlready' });

    expect(await stored()).toMatchObject({ remediation: { state }, taskToken: 'first' });
    expect(await expireApproval(remediationId, deps)).toEqual({ next: 'over' });
  },
);

test.each<[Remediation['state'], string, Remediation['state']]>([
  ['awaiting-approval', 'over', 'expired'],
  ['approved', 'automatic', 'approved'],
  ['declined', 'over', 'declined'],
  ['planned', 'untouched', 'planned'],
])('when the time to decide is over, what is %s goes on as %s', async (state, next, then) => {
  const { remediationId, deps, stored } = repairIn(state);

  expect(await expireApproval(remediationId, deps)).toEqual({ next });
  expect((await stored()).remediation.state).toBe(then);
});
