import { type Delivery, deliveryKey } from '../domain/delivery.ts';
import { planDeliveries } from '../domain/plan-deliveries.ts';
import type { AlertingPolicy } from '../domain/policy/policy.ts';
import type { Member, StoredAlert } from '../domain/stored-alert.ts';
import type { CommitOutcome, OutboxPort, StoredGroup } from '../ports.ts';

export interface AlertChange {
  readonly alert: StoredAlert;
  readonly members?: readonly Member[];
  readonly isNews: boolean;
  readonly step?: number | undefined;
}

/** Stores a new state of an alert together with the deliveries that it asks for: all of it, or, when somebody else was faster, nothing. */
export function storeChange(
  { current, newestId }: StoredGroup,
  { alert, members = [], isNews, step }: AlertChange,
  { outbox, policy, now }: { readonly outbox: OutboxPort; readonly policy: AlertingPolicy; readonly now: number },
): Promise<CommitOutcome> {
  const isSame = current?.alert.value.alertId === alert.alertId;
  const known = isSame ? current.deliveries : [];
  const versions = new Map(known.map(({ value, version }) => [deliveryKey(value), version]));
  const existing = known.map(({ value }) => value);
  const planned = planDeliveries(alert, { existing, isNews, step, policy, now });
  return outbox.commit({
    alert: { value: alert, version: isSame ? current.alert.version : 0 },
    ...(!isSame && newestId !== undefined && { replaces: newestId }),
    members,
    deliveries: planned.map((value: Delivery) => ({ value, version: versions.get(deliveryKey(value)) ?? 0 })),
  });
}
