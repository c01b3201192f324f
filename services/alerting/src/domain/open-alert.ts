import type { AlertSignal } from './alert-signal.ts';
import { type AlertingPolicy, stepsFor } from './policy/policy.ts';
import { quietUntil } from './rota/quiet-hours.ts';
import type { StoredAlert } from './stored-alert.ts';

/** A new alert; its first step is due now, or when the quiet hours end. */
export function openAlert(signal: AlertSignal, alertId: string, policy: AlertingPolicy, now: number): StoredAlert {
  const first = now + stepsFor(policy, signal.severity)[0]!.afterMinutes * 60_000;
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
    openMembers: 1,
    stepsTaken: 0,
    nextStepAt: quietUntil(policy.quietHours, signal.severity, first) ?? first,
    escalationRun: 1,
    lastChange: 'opened',
    ...(signal.approvals && { approvals: signal.approvals }),
  };
}
