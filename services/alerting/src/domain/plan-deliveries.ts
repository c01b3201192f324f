import { type Delivery, deliveryKey } from './delivery.ts';
import { type AlertingPolicy, stepsFor } from './policy/policy.ts';
import { allRecipients, oneOfEachChannel, ownAddressOf, type Recipient, recipientsOf } from './rota/recipients.ts';
import type { StoredAlert } from './stored-alert.ts';

export interface DeliveryPlan {
  readonly existing: readonly Delivery[];
  /** Everybody who was told before has to hear of the newest revision. */
  readonly isNews: boolean;
  /** The step that was taken with it: whom it means has to hear of it. */
  readonly step?: number | undefined;
  readonly policy: AlertingPolicy;
  readonly now: number;
}

/**
 * The deliveries that an alert's newest revision asks for; those that need nothing are not in the result. Whoever has left the policy hears nothing more.
 * Pure.
 */
export function planDeliveries(alert: StoredAlert, { existing, isNews, step, policy, now }: DeliveryPlan): Delivery[] {
  const known = new Map(existing.map((delivery) => [deliveryKey(delivery), delivery]));
  const reachable = new Set(allRecipients(policy).map(deliveryKey));
  const planned = new Map<string, Delivery>();
  if (isNews) {
    for (const [key, delivery] of known) if (reachable.has(key)) planned.set(key, wantedAgain(delivery, alert, now));
  }
  for (const recipient of meantBy(alert, step, policy, now)) {
    const key = deliveryKey(recipient);
    const old = known.get(key);
    // Whoever heard of what is over by now was told of its end with the others.
    if (old && alert.state === 'closed') continue;
    const fresh = () => firstDelivery(alert, { ...recipient, step: step ?? Math.max(0, alert.stepsTaken - 1) }, now);
    planned.set(key, old ? { ...wantedAgain(old, alert, now), ...callOf(recipient, alert) } : fresh());
  }
  return [...planned.values()];
}

/** Whom a step means; and where they are alone everybody who is asked for an approval, since the links are theirs, and whoever it concerns. */
function meantBy(alert: StoredAlert, step: number | undefined, policy: AlertingPolicy, now: number): Recipient[] {
  const isTold = step !== undefined || alert.stepsTaken > 0;
  const isOver = alert.state === 'closed';
  const isNew = isTold && alert.newsRevision === alert.revision;
  const asked = isNew && !isOver ? (alert.approvals ?? []).map(({ approver }) => approver) : [];
  const concerned = isNew && (!isOver || step !== undefined) ? (alert.concerns ?? []) : [];
  const alone = [...asked, ...concerned].flatMap((person) => ownAddressOf(policy, person) ?? []);
  if (step === undefined) return alone;
  const settings = stepsFor(policy, alert.severity)[step]!;
  const recipientsIn = alert.subject.kind === 'synthetic' ? oneOfEachChannel : recipientsOf;
  return [...recipientsIn(policy, settings, now), ...alone];
}

export function firstDelivery(
  alert: StoredAlert,
  recipient: Recipient & Pick<Delivery, 'step' | 'fallbackOf'>,
  now: number,
): Delivery {
  const { calls: _, ...address } = recipient;
  return {
    alertId: alert.alertId,
    ...address,
    ...callOf(recipient, alert),
    wanted: alert.revision,
    sent: -1,
    state: 'pending',
    attempts: 0,
    plannedAt: now,
    wantedAt: now,
    updatedAt: now,
  };
}

const callOf = ({ calls }: Recipient, { revision }: StoredAlert): Pick<Delivery, 'calls'> =>
  calls === undefined ? {} : { calls: { who: calls, revision } };

function wantedAgain(delivery: Delivery, alert: StoredAlert, now: number): Delivery {
  const { reason: _, ...rest } = delivery;
  const isFarewell = alert.state === 'closed' && delivery.sent >= 0;
  const fresh = { wanted: alert.revision, state: 'pending' as const, attempts: 0, wantedAt: now, updatedAt: now };
  return { ...rest, ...fresh, ...(isFarewell && { isFarewell }) };
}
