import { signApproval } from '../domain/approval-token.ts';
import type { StepDeps } from '../steps/step-deps.ts';

/** Two links for each approver: yes and no. */
export function approvalLinks({
  baseUrl,
  realm,
  key,
}: {
  readonly baseUrl: string;
  readonly realm: string;
  readonly key: () => Promise<Uint8Array>;
}): StepDeps['approvalLinks'] {
  return async (remediationId, approvers, expiresAt) => {
    const secret = await key();
    const urlFor = (approver: string, decision: 'approve' | 'decline') =>
      `${baseUrl}/approvals/${signApproval({ remediationId, approver, decision, realm, expiresAt }, secret)}`;
    return approvers.map((approver) => ({
      approver,
      approveUrl: urlFor(approver, 'approve'),
      declineUrl: urlFor(approver, 'decline'),
    }));
  };
}
