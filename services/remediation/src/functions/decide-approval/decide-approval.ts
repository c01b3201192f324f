import { messagePage } from '@lamplighter/signed-links';
import { approvalPage } from '../../domain/approval-page.ts';
import { progressOf } from '../../domain/approval-progress.ts';
import { type ApprovalClaims, verifyApproval } from '../../domain/approval-token.ts';
import { type DecideDeps, decideRepair } from '../../steps/decide-repair.ts';

export interface DecideApprovalDeps extends DecideDeps {
  readonly key: () => Promise<Uint8Array>;
  readonly realm: string;
  /** A refused decision is written down, with why, and whose it was where the link says so believably. */
  readonly refused: (reason: string, claims?: Pick<ApprovalClaims, 'remediationId' | 'approver' | 'decision'>) => void;
}

export interface Page {
  readonly status: number;
  readonly html: string;
}

const REFUSALS = {
  malformed: 'This link is not whole. Copy it again from the message.',
  forged: 'This link was not made by Lamplighter.',
  foreign: 'This link belongs to another deployment.',
  expired: 'This link has expired.',
} as const;

/** What an approver's link shows (GET), or does (POST). */
export async function decideApproval(
  { token, isDecision }: { readonly token: string; readonly isDecision: boolean },
  deps: DecideApprovalDeps,
): Promise<Page> {
  const verdict = verifyApproval(token, { key: await deps.key(), realm: deps.realm, now: deps.now() });
  if (verdict.kind === 'refused') {
    deps.refused(verdict.reason);
    return { status: 403, html: messagePage(REFUSALS[verdict.reason]) };
  }
  const { remediationId, approver, decision } = verdict.claims;
  if (!isDecision) {
    const stored = (await deps.remediations.read(remediationId))?.value;
    if (stored === undefined) return { status: 404, html: messagePage('This repair is not kept any more.') };
    return { status: 200, html: approvalPage(stored.remediation, { approver, decision }) };
  }
  const result = await decideRepair(remediationId, { by: approver, decision, through: 'link' }, deps);
  if (result.kind === 'not-found') return { status: 404, html: messagePage('This repair is not kept any more.') };
  if (result.kind === 'refused') {
    deps.refused(result.reason, verdict.claims);
    return { status: 409, html: messagePage(result.reason) };
  }
  if (decision === 'decline') return { status: 200, html: messagePage('Declined. Nothing is changed.') };
  const told = result.isDecided ? 'Approved. It is on its way.' : progressOf(result.stored.remediation);
  return { status: 200, html: messagePage(told) };
}
