import { AlertChanged } from '@lamplighter/contracts';
import { alertView } from '../../domain/alert-view.ts';
import type { Delivery } from '../../domain/delivery.ts';
import type { StoredAlert } from '../../domain/stored-alert.ts';
import type {
  OrderDeliveryPort,
  OutboxPort,
  PublishPort,
  StartEscalationPort,
  SyntheticDeliveredPort,
} from '../../ports.ts';

/** A row of the outbox that was written, and what stood there before. */
export type OutboxRow =
  | { readonly kind: 'alert'; readonly before?: StoredAlert; readonly after: StoredAlert }
  | { readonly kind: 'delivery'; readonly before?: Delivery; readonly after: Delivery };

export interface RelayOutboxDeps {
  readonly outbox: OutboxPort;
  readonly order: OrderDeliveryPort;
  readonly startEscalation: StartEscalationPort;
  readonly publish: PublishPort;
  readonly syntheticDelivered: SyntheticDeliveredPort;
}

/** What a write to the outbox sets in motion: a delivery, an escalation, the news on the bus. Every effect may be repeated. */
export async function relayOutbox(row: OutboxRow, deps: RelayOutboxDeps): Promise<void> {
  if (row.kind === 'delivery') await relayDelivery(row, deps);
  else await relayAlert(row, deps);
}

async function relayAlert({ before, after }: OutboxRow & { kind: 'alert' }, deps: RelayOutboxDeps): Promise<void> {
  if (after.state !== 'closed' && before?.escalationRun !== after.escalationRun) {
    await deps.startEscalation(after.alertId, after.escalationRun);
  }
  if (before?.revision !== after.revision) await announce(after, after.lastChange, String(after.revision), deps);
}

async function relayDelivery(
  { before, after }: OutboxRow & { kind: 'delivery' },
  deps: RelayOutboxDeps,
): Promise<void> {
  const isWanted = after.state === 'pending' && after.wanted > after.sent;
  if (isWanted && before?.wanted !== after.wanted) await deps.order([after], 0);
  if (before?.state === after.state || (after.state !== 'delivered' && after.state !== 'undeliverable')) return;
  const current = await deps.outbox.alert(after.alertId);
  if (current === undefined) return;
  const key = `${after.state}/${after.channel}/${after.recipient}/${after.wanted}`;
  const { subject } = current.alert.value;
  if (subject.kind === 'synthetic' && after.state === 'delivered') await deps.syntheticDelivered(after.channel);
  await announce(current.alert.value, after.state, key, deps);
}

async function announce(
  alert: StoredAlert,
  change: StoredAlert['lastChange'] | 'delivered' | 'undeliverable',
  key: string,
  { outbox, publish }: RelayOutboxDeps,
): Promise<void> {
  const deliveries = (await outbox.alert(alert.alertId))?.deliveries ?? [];
  const detail = {
    change,
    alert: alertView(
      alert,
      deliveries.map(({ value }) => value),
    ),
  };
  await publish([AlertChanged.entry(detail, `${alert.alertId}/${key}`)]);
}
