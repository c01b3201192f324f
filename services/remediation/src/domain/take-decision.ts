import { advanced } from './advance-remediation.ts';
import type { StoredRemediation } from './stored-remediation.ts';

export interface Decision {
  readonly by: string;
  readonly decision: 'approve' | 'decline';
  /** `link`, `console`, `slack`. */
  readonly through: string;
}

export type DecisionOutcome =
  | { readonly kind: 'refused'; readonly reason: string }
  /** Recorded; `isDecided` once nobody else has to say anything. */
  | { readonly kind: 'taken'; readonly stored: StoredRemediation; readonly isDecided: boolean };

/** A person's decision on a repair that waits. One no is a no; as many different people as it needs have to say yes; nobody decides twice. Pure. */
export function takeDecision(
  stored: StoredRemediation,
  { by, decision, through }: Decision,
  { approvers, now }: { readonly approvers: readonly string[]; readonly now: number },
): DecisionOutcome {
  const { remediation } = stored;
  if (!approvers.includes(by)) return { kind: 'refused', reason: `${by} is not among the approvers.` };
  if (remediation.state !== 'awaiting-approval')
    return { kind: 'refused', reason: `It waits for nobody: it is ${remediation.state}.` };
  if (remediation.approval !== undefined && remediation.approval.expiresAt <= now) {
    return { kind: 'refused', reason: 'The time to decide is over.' };
  }
  if (remediation.decisions.some((one) => one.by === by))
    return { kind: 'refused', reason: `${by} has decided already.` };
  const decisions = [...remediation.decisions, { by, decision, at: now, through }];
  const yes = decisions.filter((one) => one.decision === 'approve').length;
  const isDecided = decision === 'decline' || yes >= remediation.approvalsNeeded;
  const state = decision === 'decline' ? 'declined' : isDecided ? 'approved' : 'awaiting-approval';
  return { kind: 'taken', stored: advanced(stored, { state, decisions }, now), isDecided };
}
