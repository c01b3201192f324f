import { type Delivery, deliveryKey } from './delivery.ts';
import { type AlertingPolicy, stepsFor } from './policy/policy.ts';
import { recipientsOf } from './rota/recipients.ts';
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

/** The deliveries that an alert's newest revision asks for; those that need nothing are not in the result. Pure. */
export function planDeliveries(alert: StoredAlert, { existing, isNews, step, policy, now }: DeliveryPlan): Delivery[] {
  const known = new Map(existing.map((delivery) => [deliveryKey(delivery), delivery]));
  const planned = new Map<string, Delivery>();
  if (isNews) for (const [key, delivery] of known) planned.set(key, wantedAgain(delivery, alert, now));
  if (step !== undefined) {
    for (const recipient of recipientsOf(policy, stepsFor(policy, alert.severity)[step]!, now)) {
      const key = deliveryKey(recipient);
      const old = known.get(key);
      planned.set(key, old ? wantedAgain(old, alert, now) : firstDelivery(alert, { ...recipient, step }, now));
    }
  }
  return [...planned.values()];
}

export function firstDelivery(
  { alertId, revision }: StoredAlert,
  recipient: Pick<Delivery, 'channel' | 'recipient' | 'step' | 'person' | 'fallbackOf'>,
  now: number,
): Delivery {
  return {
    alertId,
    ...recipient,
    wanted: revision,
    sent: -1,
    state: 'pending',
    attempts: 0,
    wantedAt: now,
    updatedAt: now,
  };
}

function wantedAgain(delivery: Delivery, alert: StoredAlert, now: number): Delivery {
  const { reason: _, ...rest } = delivery;
  const isFarewell = alert.state === 'closed' && delivery.sent >= 0;
  const fresh = { wanted: alert.revision, state: 'pending' as const, attempts: 0, wantedAt: now, updatedAt: now };
  return { ...rest, ...fresh, ...(isFarewell && { isFarewell }) };
}
