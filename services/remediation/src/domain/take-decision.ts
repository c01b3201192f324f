import { advanced } from './advance-remediation.ts';
import { type Approver, nameOf } from './approvers.ts';
import type { StoredRemediation } from './stored-remediation.ts';

export interface Decision {
  /** A person's name, or how they signed in. */
  readonly by: string;
  readonly decision: 'approve' | 'decline';
  /** `link`, `console`, `slack`. */
  readonly through: string;
}

export type DecisionOutcome =
  | { readonly kind: 'refused'; readonly reason: string }
  /** Recorded; `isDecided` once nobody else has to say anything. */
  | { readonly kind: 'taken'; readonly stored: StoredRemediation; readonly isDecided: boolean };

/** A person's decision on a repair that waits. One no is a no; as many different people as it needs have to say yes; nobody decides twice, however they are spelled. Pure. */
export function takeDecision(
  stored: StoredRemediation,
  { by, decision, through }: Decision,
  { approvers, now }: { readonly approvers: readonly Approver[]; readonly now: number },
): DecisionOutcome {
  const { remediation } = stored;
  const name = nameOf(approvers, by);
  if (name === undefined)
    return { kind: 'refused', reason: `${by} is not among the approvers of the guardrails' configuration.` };
  if (remediation.state !== 'awaiting-approval')
    return { kind: 'refused', reason: `It waits for nobody: it is ${remediation.state}.` };
  if (remediation.approval !== undefined && remediation.approval.expiresAt <= now) {
    return { kind: 'refused', reason: 'The time to decide is over.' };
  }
  const personOf = (spelling: string): string => nameOf(approvers, spelling) ?? spelling;
  if (remediation.decisions.some((one) => personOf(one.by) === name))
    return { kind: 'refused', reason: `${name} has decided already.` };
  const decisions = [...remediation.decisions, { by: name, decision, at: now, through }];
  const yes = new Set(decisions.filter((one) => one.decision === 'approve').map((one) => personOf(one.by))).size;
  const isDecided = decision === 'decline' || yes >= remediation.approvalsNeeded;
  const state = decision === 'decline' ? 'declined' : isDecided ? 'approved' : 'awaiting-approval';
  return { kind: 'taken', stored: advanced(stored, { state, decisions }, now), isDecided };
}
