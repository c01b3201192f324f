import type { Delivery } from './delivery.ts';
import { type AlertingPolicy, stepsFor } from './policy/policy.ts';
import type { StoredAlert } from './stored-alert.ts';
import { dueAt } from './take-due-step.ts';

/** Why an alert was missed: nobody could be told of it, or nobody took it on. */
export type MissedBecause = NonNullable<StoredAlert['missed']>;

/** As long as telling may take: a delivery that is on its way for longer, or a step that is due for longer, told nobody. */
export const PATIENCE_MS = 600_000;

export interface MissedContext {
  readonly deliveries: readonly Delivery[];
  readonly policy: AlertingPolicy;
  readonly now: number;
}

/** Why an alert was missed, whatever its state; undefined where somebody heard of it in time, or has answered. Pure. */
export function whyMissed(alert: StoredAlert, context: MissedContext): MissedBecause | undefined {
  if (isAnswered(alert)) return undefined;
  // That of the daily proof is told by its own alarm.
  if (alert.subject.kind === 'synthetic' && alert.state === 'closed') return undefined;
  if (isUnheard(alert, context)) return 'unheard';
  return isUnanswered(alert, context.policy) ? 'unanswered' : undefined;
}

const isAnswered = ({ state, closedBy, acknowledgedBy }: StoredAlert): boolean =>
  state === 'closed' ? closedBy === 'person' || acknowledgedBy !== undefined : state !== 'open';

function isUnheard(alert: StoredAlert, { deliveries, policy, now }: MissedContext): boolean {
  if (alert.stepsTaken === 0) {
    const due = dueAt(alert, policy);
    return due !== undefined && now - due >= PATIENCE_MS;
  }
  return deliveries.every(
    ({ sent, state, plannedAt }) => sent < 0 && (state !== 'pending' || now - plannedAt >= PATIENCE_MS),
  );
}

/** Every step was taken, and nobody answered. What ended by itself was missed only where it went from one person to the next, and that in vain. */
function isUnanswered(alert: StoredAlert, policy: AlertingPolicy): boolean {
  const steps = stepsFor(policy, alert.severity).length;
  if (alert.severity === 'info') return false;
  if (alert.closedBy === 'silence') return alert.stepsTaken > 0;
  const isThrough = alert.stepsTaken >= steps && alert.nextStepAt === undefined;
  return isThrough && (alert.state === 'open' || steps > 1);
}
