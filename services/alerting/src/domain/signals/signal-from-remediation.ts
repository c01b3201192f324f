import { type Remediation, RemediationChanged, type Severity } from '@lamplighter/contracts';
import type { AlertSignal } from '../alert-signal.ts';
import { worseOf } from '../severity.ts';
import { decidersOf, isOverThoughApproved, ownersPart, remediationEnd, undone } from './remediation-end.ts';

/** A repair that waits for a yes, was undone because it did not help, or failed; what came of it once it asks for nobody any more; undefined otherwise. */
export function signalFromRemediation(detail: unknown): AlertSignal | undefined {
  const { remediation } = RemediationChanged.parse(detail).data;
  const { remediationId, revision, updatedAt } = remediation;
  const common = {
    groupKey: `remediation/${remediationId}`,
    subject: { kind: 'remediation', id: remediationId },
    names: [remediation.resource.name],
    revision,
    text: textOf(remediation),
    at: updatedAt,
  } as const;
  const end = remediationEnd(remediation);
  // A repair that nobody was asked about, and that went well, wakes nobody.
  if (end !== undefined) return { ...common, ...end, kind: 'resolve', severity: 'info', isMereEnd: true };
  const severity = severityOf(remediation);
  if (severity === undefined) return undefined;
  const isAsking = remediation.state === 'awaiting-approval';
  return {
    ...common,
    kind: 'open',
    severity,
    title: titleOf(remediation),
    ...(isAsking && remediation.approval && { approvals: remediation.approval.links }),
    ...(!isAsking && { concerns: decidersOf(remediation, 'approve') }),
  };
}

/** How bad it is where a person has to know. */
function severityOf({ state, findingSeverity, untouched, decisions }: Remediation): Severity | undefined {
  const wasApproved = decisions.some(({ decision }) => decision === 'approve');
  switch (state) {
    // A question that has to be answered before it expires wakes whom its finding would wake; an advice's, too, is lost if nobody sees it.
    case 'awaiting-approval':
      return worseOf('warning', findingSeverity ?? 'warning');
    case 'rolled-back':
      return 'warning';
    // Only where it was approved: otherwise it is an end.
    case 'expired':
      return 'warning';
    // Whoever said yes was told that it is on its way.
    case 'refused':
      return wasApproved ? 'warning' : undefined;
    case 'failed':
      if (!untouched) return 'critical';
      return wasApproved ? 'warning' : 'info';
    default:
      return undefined;
  }
}

function titleOf(remediation: Remediation): string {
  const { state, title, untouched } = remediation;
  switch (state) {
    case 'awaiting-approval':
      return `Approve? ${title}`;
    case 'rolled-back':
      return `${undone('Undone', remediation)}, it did not help: ${title}`;
    case 'refused':
      return `Approved, then refused: ${title}`;
    case 'expired':
      return `Approved, then not made: ${title}`;
    default:
      return `${untouched ? 'Failed before anything was changed' : 'Failed'}: ${title}`;
  }
}

function textOf(remediation: Remediation): string {
  const { reason, evidence, costPerHourUsd, undo, failure, risk, refusals } = remediation;
  const over = 'Its finding or advice was over before it began, so nothing was changed.';
  const cost = `Costs ${costPerHourUsd < 0 ? '-' : '+'}$${Math.abs(costPerHourUsd).toFixed(4)} an hour. Risk: ${risk}. ${undo}`;
  const rails = refusals.map(({ rail, reason: why, lift }) => `Refused by ${rail}: ${why} ${lift}`);
  const first = [isOverThoughApproved(remediation) ? over : [], ownersPart(remediation) ?? []].flat();
  return [...first, ...rails, reason, ...evidence.map(({ text }) => text), cost, ...(failure ? [failure] : [])].join(
    '\n',
  );
}
