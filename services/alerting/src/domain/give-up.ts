import type { Delivery } from './delivery.ts';
import type { AlertingPolicy } from './policy/policy.ts';
import { isUndeliverable, standInsFor } from './stand-ins.ts';
import type { StoredAlert } from './stored-alert.ts';

/** A delivery that its channel gave up, and those that stand in for it. */
export interface GivenUp {
  readonly delivery: Delivery;
  readonly standIns: readonly Delivery[];
}

/** What becomes of an alert whose delivery has failed: others stand in, or nobody heard of it and it is undeliverable. Pure. */
export function giveUp(
  failed: Delivery,
  alert: StoredAlert,
  {
    others,
    policy,
    now,
  }: { readonly others: readonly Delivery[]; readonly policy: AlertingPolicy; readonly now: number },
): GivenUp {
  const existing = [...others, failed];
  const standIns = standInsFor(failed, alert, { existing, policy, now });
  const isLost = standIns.length === 0 && isUndeliverable(existing);
  return { delivery: isLost ? { ...failed, state: 'undeliverable' } : failed, standIns };
}
