import type { Finding, Remediation } from '@lamplighter/contracts';

/** A finding as a list shows it: a hundredth of its size. */
export interface FindingItem {
  readonly findingId: string;
  readonly class: Finding['class'];
  readonly severity: Finding['severity'];
  readonly state: Finding['state'];
  readonly resource: string;
  readonly resourceType: Finding['resource']['type'];
  readonly accountId: string;
  readonly region: string;
  readonly title: string;
  /** The likeliest cause, where one is known: its name and the share of the effect, 0 to 1. */
  readonly cause?: { readonly kind: string; readonly name: string; readonly share?: number };
  readonly evidence?: string;
  readonly openedAt: number;
  readonly updatedAt: number;
  readonly resolvedAt?: number;
}

/** A repair as a list shows it. */
export type RemediationItem = Pick<
  Remediation,
  | 'remediationId'
  | 'title'
  | 'reason'
  | 'state'
  | 'mode'
  | 'risk'
  | 'costPerHourUsd'
  | 'plannedAt'
  | 'updatedAt'
  | 'appliedAt'
  | 'endedAt'
  | 'findingId'
  | 'undo'
  | 'withdrawn'
  | 'takenBack'
  | 'untouched'
  | 'leftToOwner'
> & {
  readonly resource: string;
  readonly approvals: string;
  readonly approvedBy: readonly string[];
  /** It needs more people than one: those approve by links of their own, not here. */
  readonly isApprovedByLinks: boolean;
  readonly expiresAt?: number;
};

export function findingItem(finding: Finding): FindingItem {
  const [cause] = finding.causes;
  const [evidence] = finding.evidence;
  return {
    findingId: finding.findingId,
    class: finding.class,
    severity: finding.severity,
    state: finding.state,
    resource: finding.resource.name,
    resourceType: finding.resource.type,
    accountId: finding.resource.accountId,
    region: finding.resource.region,
    title: finding.title,
    ...(cause && {
      cause: { kind: cause.kind, name: cause.name, ...(cause.share === undefined ? {} : { share: cause.share }) },
    }),
    ...(evidence && { evidence: evidence.text }),
    openedAt: finding.openedAt,
    updatedAt: finding.updatedAt,
    ...(finding.resolvedAt === undefined ? {} : { resolvedAt: finding.resolvedAt }),
  };
}

export function remediationItem(remediation: Remediation): RemediationItem {
  const { remediationId, title, reason, state, mode, risk, costPerHourUsd, plannedAt, updatedAt, findingId, undo } =
    remediation;
  const approvedBy = remediation.decisions.filter(({ decision }) => decision === 'approve').map(({ by }) => by);
  return {
    ...{ remediationId, title, reason, state, mode, risk, costPerHourUsd, plannedAt, updatedAt, findingId, undo },
    resource: remediation.resource.name,
    approvals: `${approvedBy.length} of ${remediation.approvalsNeeded}`,
    approvedBy,
    isApprovedByLinks: remediation.approvalsNeeded > 1,
    ...(remediation.appliedAt !== undefined && { appliedAt: remediation.appliedAt }),
    ...(remediation.endedAt !== undefined && { endedAt: remediation.endedAt }),
    ...(remediation.withdrawn !== undefined && { withdrawn: remediation.withdrawn }),
    ...(remediation.takenBack && { takenBack: remediation.takenBack }),
    ...(remediation.untouched && { untouched: remediation.untouched }),
    ...(remediation.leftToOwner !== undefined && { leftToOwner: remediation.leftToOwner }),
    ...(remediation.approval && { expiresAt: remediation.approval.expiresAt }),
  };
}
