import type { Remediation } from '@lamplighter/contracts';
import type { Refusal } from '@lamplighter/remedies';

/** Who would be asked for more yeses than there are people to say them could only wait until the time to decide is over. */
export function tooFewApprovers(
  { approvalsNeeded, playbook }: Pick<Remediation, 'approvalsNeeded' | 'playbook'>,
  mode: Remediation['mode'],
  approvers: number,
): Refusal | undefined {
  if (mode !== 'approve' || approvers >= approvalsNeeded) return undefined;
  return {
    rail: 'approvers',
    reason: `${approvalsNeeded} different people would have to say yes; the guardrails' configuration names ${approvers || 'none'}.`,
    lift: `Add ${approvalsNeeded - approvers} to its approvers, or name ${playbook} in an entry of the allow-list with mode automatic.`,
  };
}
