import { type Delivery, deliveryKey } from './delivery.ts';
import { firstDelivery } from './plan-deliveries.ts';
import { type AlertingPolicy, stepsFor } from './policy/policy.ts';
import { addressesCalling, meant, meantBy } from './rota/recipients.ts';
import type { StoredAlert } from './stored-alert.ts';

/**
 * When a delivery gave up: the deliveries that stand in for it, from the first fallback of its channel that reaches somebody new. None left, and nobody
 * else heard of this revision: the alert is undeliverable there, and says why.
 */
export function standInsFor(
  failed: Delivery,
  alert: StoredAlert,
  {
    existing,
    policy,
    now,
  }: { readonly existing: readonly Delivery[]; readonly policy: AlertingPolicy; readonly now: number },
): Delivery[] {
  // The daily proof proves its own channel, not another.
  if (failed.isFarewell || alert.subject.kind === 'synthetic') return [];
  const taken = new Set(existing.map(deliveryKey));
  const origin = failed.fallbackOf ?? failed.channel;
  // An alert that became worse has other steps, perhaps fewer.
  const steps = stepsFor(policy, alert.severity);
  const step = (steps[failed.step] ?? steps.at(-1))!;
  const whom = failed.person ? meant(policy, [failed.person]) : meantBy(policy, step, now);
  for (const channel of policy.fallbacks[origin] ?? []) {
    const fresh = addressesCalling(policy, channel, whom).filter((address) => !taken.has(deliveryKey(address)));
    if (fresh.length === 0) continue;
    return fresh.map((address) => firstDelivery(alert, { ...address, step: failed.step, fallbackOf: origin }, now));
  }
  return [];
}

/** Whether anybody has heard of the alert, or still may. */
export function isUndeliverable(deliveries: readonly Delivery[]): boolean {
  return (
    deliveries.length > 0 &&
    deliveries.every(({ state, sent }) => sent < 0 && (state === 'failed' || state === 'undeliverable'))
  );
}
