import { closeAlert, isHeldBack } from './close-alert.ts';
import type { AlertingPolicy } from './policy/policy.ts';
import type { StoredAlert } from './stored-alert.ts';
import { dueAt, takeDueStep } from './take-due-step.ts';
import { withNotice } from './with-notice.ts';

export type Escalation =
  /** A step was taken, or the alert was forgotten: to be stored, and told. */
  | { readonly kind: 'changed'; readonly alert: StoredAlert; readonly step?: number; readonly isNews: boolean }
  | { readonly kind: 'wait'; readonly until: number }
  | { readonly kind: 'over' };

const DAY_MS = 86_400_000;

/** What the escalation has to do now: the next step, wait, or nothing ever again. When all steps are taken it waits for the day of forgetting. Pure. */
export function escalateAlert(alert: StoredAlert, policy: AlertingPolicy, now: number): Escalation {
  const isOver = alert.state === 'closed';
  if (isOver && !isHeldBack(alert)) return { kind: 'over' };
  const due = dueAt(alert, policy);
  if (due !== undefined && now < due) return { kind: 'wait', until: due };
  const taken = takeDueStep(alert, policy, now);
  if (taken !== undefined) {
    // Whoever heard of it before has heard of its end, too.
    const alertThen = isOver ? taken.alert : withNotice(taken.alert, 'escalated', now);
    return { kind: 'changed', alert: alertThen, step: taken.step, isNews: !isOver };
  }
  const forgetAt = alert.updatedAt + policy.forgetAfterDays * DAY_MS;
  if (now < forgetAt) return { kind: 'wait', until: forgetAt };
  const because = `nothing was heard of it for ${policy.forgetAfterDays} days`;
  return { kind: 'changed', alert: closeAlert(alert, { by: 'silence', because }, now), isNews: true };
}
