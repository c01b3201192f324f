import { advanced, isBefore } from '../domain/advance-remediation.ts';
import { changeStored } from './change-stored.ts';
import type { NextState, StepDeps } from './step-deps.ts';

/** Somebody has decided already, or it is under way by another execution: this one goes on without a token, or ends. The name is what the state machine knows it by. */
export class DecidedAlready extends Error {
  override readonly name = 'DecidedAlready';
}

/**
 * The execution waits from here on: the token is kept, and each approver has links of their own. Who is asked is told by alerting.
 * @throws DecidedAlready where this is a repetition, and the decision came before it, or another execution makes the change already
 */
export async function askForApproval(remediationId: string, taskToken: string, deps: StepDeps): Promise<void> {
  const { approvers, approvalMinutes } = await deps.config();
  const now = deps.now();
  const expiresAt = now + approvalMinutes * 60_000;
  const names = approvers.map(({ name }) => name);
  const links = await deps.approvalLinks(remediationId, names, expiresAt);
  await changeStored(deps.remediations, remediationId, (stored) => {
    const { state } = stored.remediation;
    if (!isBefore(stored) || state === 'approved') throw new DecidedAlready(`${remediationId} is ${state}.`);
    return { ...advanced(stored, { state: 'awaiting-approval', approval: { expiresAt, links } }, now), taskToken };
  });
}

/** Nobody is heard any more: goes on where the decision was written down and never told, ends where nobody decided, fails where nobody could be asked. */
export async function expireApproval(remediationId: string, deps: StepDeps): Promise<NextState> {
  const now = deps.now();
  const { remediation } = await changeStored(deps.remediations, remediationId, (stored) =>
    stored.remediation.state === 'awaiting-approval'
      ? advanced(stored, { state: 'expired', endedAt: now }, now)
      : undefined,
  );
  if (remediation.state === 'approved') return { next: 'automatic' };
  return { next: remediation.state === 'planned' ? 'untouched' : 'over' };
}
