import { advanced, hasEnded } from '../domain/advance-remediation.ts';
import { changeStored } from './change-stored.ts';
import type { StepDeps } from './step-deps.ts';

/** The execution waits from here on: the token is kept, and each approver has links of their own. Who is asked is told by alerting. */
export async function askForApproval(remediationId: string, taskToken: string, deps: StepDeps): Promise<void> {
  const { approvers, approvalMinutes } = await deps.config();
  const now = deps.now();
  const expiresAt = now + approvalMinutes * 60_000;
  const names = approvers.map(({ name }) => name);
  const links = await deps.approvalLinks(remediationId, names, expiresAt);
  await changeStored(deps.remediations, remediationId, (stored) => {
    if (hasEnded(stored)) return undefined;
    return { ...advanced(stored, { state: 'awaiting-approval', approval: { expiresAt, links } }, now), taskToken };
  });
}

/** Nobody decided in time. */
export async function expireApproval(remediationId: string, deps: StepDeps): Promise<void> {
  const now = deps.now();
  await changeStored(deps.remediations, remediationId, (stored) =>
    stored.remediation.state === 'awaiting-approval'
      ? advanced(stored, { state: 'expired', endedAt: now }, now)
      : undefined,
  );
}
