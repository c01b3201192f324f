import { type Remediation, RemediationChanged } from '@lamplighter/contracts';
import type { AlertSignal } from '../alert-signal.ts';

/** States in which a person has to do something. */
const WANTS_A_PERSON: Partial<Record<Remediation['state'], AlertSignal['severity']>> = {
  'awaiting-approval': 'warning',
  'rolled-back': 'warning',
  failed: 'critical',
};
/** States that say: nothing is asked of anybody any more. */
const SETTLED: readonly Remediation['state'][] = [
  'kept',
  'approved',
  'declined',
  'expired',
  'dry-run-ended',
  'applying',
  'verifying',
];

/** A repair that waits for a yes, was undone because it did not help, or failed; undefined while it asks nothing of anybody. */
export function signalFromRemediation(detail: unknown): AlertSignal | undefined {
  const { remediation } = RemediationChanged.parse(detail).data;
  // What had its time and was undone asks nothing of anybody.
  const isWithdrawn = remediation.withdrawn !== undefined;
  const severity = isWithdrawn ? undefined : WANTS_A_PERSON[remediation.state];
  const isSettled = isWithdrawn || SETTLED.includes(remediation.state);
  if (severity === undefined && !isSettled) return undefined;
  return {
    kind: severity === undefined ? 'resolve' : 'open',
    groupKey: `remediation/${remediation.remediationId}`,
    subject: { kind: 'remediation', id: remediation.remediationId },
    revision: remediation.revision,
    severity: severity ?? 'info',
    title: titleOf(remediation),
    text: textOf(remediation),
    at: remediation.updatedAt,
    // A repair that nobody was asked about, and that went well, wakes nobody.
    ...(severity === undefined && { isMereEnd: true }),
    ...(remediation.state === 'awaiting-approval' && remediation.approval && { approvals: remediation.approval.links }),
  };
}

function titleOf({ state, title }: Remediation): string {
  if (state === 'awaiting-approval') return `Approve? ${title}`;
  if (state === 'rolled-back') return `Undone, it did not help: ${title}`;
  return state === 'failed' ? `Failed: ${title}` : title;
}

function textOf({ reason, evidence, costPerHourUsd, undo, failure, risk }: Remediation): string {
  const cost = `Costs ${costPerHourUsd < 0 ? '-' : '+'}$${Math.abs(costPerHourUsd).toFixed(4)} an hour. Risk: ${risk}. ${undo}`;
  return [reason, ...evidence.map(({ text }) => text), cost, ...(failure ? [failure] : [])].join('\n');
}
