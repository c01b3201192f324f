import type { Severity } from '@lamplighter/contracts';
import type { AlertSignal } from './alert-signal.ts';
import { memberOf } from './named-members.ts';
import { type AlertingPolicy, stepsFor } from './policy/policy.ts';
import type { StoredAlert } from './stored-alert.ts';

/** A new alert; its first step is due at once, or as late as the policy says; quiet hours hold it back. */
export function openAlert(signal: AlertSignal, alertId: string, policy: AlertingPolicy, now: number): StoredAlert {
  return {
    alertId,
    groupKey: signal.groupKey,
    severity: signal.severity,
    title: signal.title,
    text: signal.text,
    subject: signal.subject,
    state: 'open',
    revision: 0,
    openedAt: now,
    updatedAt: now,
    occurrences: 1,
    members: [memberOf(signal)],
    openMembers: 1,
    stepsTaken: 0,
    // The daily proof waits for nobody.
    nextStepAt: signal.subject.kind === 'synthetic' ? now : firstStepAt(policy, signal.severity, now),
    escalationRun: 1,
    lastChange: 'opened',
    newsRevision: 0,
    ...(signal.approvals && { approvals: signal.approvals }),
    ...(signal.concerns && { concerns: signal.concerns }),
  };
}

/** When the first step of a severity's escalation is due, epoch milliseconds. */
export const firstStepAt = (policy: AlertingPolicy, severity: Severity, now: number): number =>
  now + stepsFor(policy, severity)[0]!.afterMinutes * 60_000;
