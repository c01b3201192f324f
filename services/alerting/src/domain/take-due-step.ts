import { type AlertingPolicy, stepsFor } from './policy/policy.ts';
import { quietUntil } from './rota/quiet-hours.ts';
import { silenceOf } from './silenced.ts';
import type { StoredAlert } from './stored-alert.ts';

export interface TakenStep {
  readonly alert: StoredAlert;
  /** The step that was taken: whom it means has to be told now. */
  readonly step: number;
}

/** The next step of the escalation, if it is due; a snooze that ran out takes its last step again. The revision is the caller's to raise. Pure. */
export function takeDueStep(alert: StoredAlert, policy: AlertingPolicy, now: number): TakenStep | undefined {
  const due = dueAt(alert, policy);
  if (due === undefined || now < due) return undefined;
  const steps = stepsFor(policy, alert.severity);
  const isAwakening = alert.state === 'snoozed';
  const step = Math.min(isAwakening ? Math.max(0, alert.stepsTaken - 1) : alert.stepsTaken, steps.length - 1);
  const { nextStepAt: _, snoozedUntil: __, ...rest } = alert;
  // What is over is told, and goes no further.
  const isOver = alert.state === 'closed';
  const next = isOver ? undefined : steps[step + 1];
  // Whoever was told has the whole time to answer, however late the telling was.
  const nextStepAt = next && now + next.afterMinutes * 60_000;
  return {
    step,
    alert: {
      ...rest,
      state: isOver ? 'closed' : 'open',
      stepsTaken: step + 1,
      ...(nextStepAt !== undefined && { nextStepAt }),
      updatedAt: now,
    },
  };
}

/**
 * When the escalation has to look again, epoch milliseconds, quiet hours and silences of the policy in force included; undefined when nobody is left to be told, or
 * somebody has taken the alert on.
 */
export function dueAt(alert: StoredAlert, policy: AlertingPolicy): number | undefined {
  if (alert.state === 'acknowledged') return undefined;
  const due = alert.state === 'snoozed' ? alert.snoozedUntil : alert.nextStepAt;
  // The daily proof disturbs nobody, and has to be through before it is looked for.
  if (due === undefined || alert.subject.kind === 'synthetic') return due;
  let at = due;
  // Each silence is passed once; before, between and after them there may be quiet hours.
  for (let round = 0; round <= policy.silences.length; round++) {
    const heard = silenceOf(alert, policy, at)?.until ?? at;
    const next = quietUntil(policy.quietHours, alert.severity, heard) ?? heard;
    if (next === at) break;
    at = next;
  }
  return at;
}
