import { type Delivery, deliveryKey } from '../../domain/delivery.ts';
import { judgeAttempt, type SendOutcome } from '../../domain/judge-attempt.ts';
import { isUndeliverable, standInsFor } from '../../domain/stand-ins.ts';
import type { StoredAlert } from '../../domain/stored-alert.ts';
import { untilCommitted } from '../../outbox/until-committed.ts';
import type { ChannelPort, DeliveryOrder, OrderDeliveryPort, OutboxPort, PolicyPort, Read } from '../../ports.ts';

export interface DeliverAlertDeps {
  readonly outbox: OutboxPort;
  readonly policy: PolicyPort;
  /** The channel of that name; undefined when the policy has it no longer. */
  readonly channel: (name: string) => Promise<ChannelPort | undefined>;
  readonly order: OrderDeliveryPort;
  readonly answerUrl: (alert: StoredAlert, delivery: Delivery) => Promise<string | undefined>;
  readonly now: () => number;
  /** 0 to 1. */
  readonly jitter: () => number;
  /** Names this attempt. */
  readonly owner: string;
}

/** No send takes longer; after it the attempt counts as lost, and another may be made. */
const LEASE_MS = 60_000;

/**
 * Brings one recipient up to date: takes the lease, sends the alert as it stands now, records what came of it. Whoever dies on the way leaves a lease
 * that runs out, and the next one asks the channel whether the message is there already.
 */
export async function deliverAlert(order: DeliveryOrder, deps: DeliverAlertDeps): Promise<void> {
  const claimed = await untilCommitted(() => claim(order, deps));
  if (claimed.kind === 'nothing-to-do') return;
  if (claimed.kind === 'busy') return deps.order([order], claimed.forMs);
  const outcome = await send(claimed, deps);
  const { retryAfterMs, standIns } = await untilCommitted(() => settle(order, claimed, outcome, deps));
  if (standIns.length > 0) await deps.order(standIns, 0);
  if (retryAfterMs !== undefined) await deps.order([order], retryAfterMs);
}

interface Claimed {
  readonly kind: 'claimed';
  readonly alert: StoredAlert;
  readonly delivery: Delivery;
  readonly mayBeSent: boolean;
}

type Claim = Claimed | { readonly kind: 'nothing-to-do' } | { readonly kind: 'busy'; readonly forMs: number };

async function claim(order: DeliveryOrder, { outbox, now, owner }: DeliverAlertDeps): Promise<Claim | undefined> {
  const current = await outbox.alert(order.alertId);
  const row = current?.deliveries.find(({ value }) => deliveryKey(value) === deliveryKey(order));
  if (current === undefined || row === undefined) return { kind: 'nothing-to-do' };
  const { value: delivery, version } = row;
  if (delivery.state !== 'pending' || delivery.sent >= delivery.wanted) return { kind: 'nothing-to-do' };
  const at = now();
  if (delivery.lease !== undefined && delivery.lease.until > at && delivery.lease.owner !== owner) {
    return { kind: 'busy', forMs: delivery.lease.until - at };
  }
  const alert = current.alert.value;
  const leased: Delivery = { ...delivery, lease: { owner, until: at + LEASE_MS, revision: alert.revision } };
  const outcome = await outbox.commit({ deliveries: [{ value: leased, version }] });
  if (outcome === 'conflict') return undefined;
  return {
    kind: 'claimed',
    alert,
    delivery: leased,
    mayBeSent: delivery.lease !== undefined || delivery.isUnsure === true,
  };
}

async function send({ alert, delivery, mayBeSent }: Claimed, deps: DeliverAlertDeps): Promise<SendOutcome> {
  const channel = await deps.channel(delivery.channel);
  if (channel === undefined) return { kind: 'never', reason: `The policy has no channel ${delivery.channel}.` };
  const answerUrl = await deps.answerUrl(alert, delivery);
  return channel({ alert, delivery, mayBeSent, ...(answerUrl !== undefined && { answerUrl }) });
}

interface Settled {
  readonly retryAfterMs?: number;
  readonly standIns: readonly Delivery[];
}

async function settle(
  order: DeliveryOrder,
  claimed: Claimed,
  outcome: SendOutcome,
  { outbox, policy, now, jitter, owner }: DeliverAlertDeps,
): Promise<Settled | undefined> {
  const current = await outbox.alert(order.alertId);
  const row = current?.deliveries.find(({ value }) => deliveryKey(value) === deliveryKey(order));
  // Somebody else took over after our lease ran out: what came of our attempt is theirs to find out.
  if (current === undefined || row?.value.lease?.owner !== owner) return { standIns: [] };
  const at = now();
  const verdict = judgeAttempt(row.value, outcome, { revision: claimed.alert.revision, now: at, jitter: jitter() });
  const others = current.deliveries.map(({ value }) => value).filter((value) => value !== row.value);
  const existing = [...others, verdict.delivery];
  const standIns = verdict.gaveUp
    ? standInsFor(verdict.delivery, current.alert.value, { existing, policy: await policy(), now: at })
    : [];
  const isLost = verdict.gaveUp && standIns.length === 0 && isUndeliverable(existing);
  const settled: Delivery = isLost ? { ...verdict.delivery, state: 'undeliverable' } : verdict.delivery;
  const fresh: Read<Delivery>[] = standIns.map((value) => ({ value, version: 0 }));
  const committed = await outbox.commit({ deliveries: [{ value: settled, version: row.version }, ...fresh] });
  if (committed === 'conflict') return undefined;
  return { standIns, ...(verdict.retryAfterMs !== undefined && { retryAfterMs: verdict.retryAfterMs }) };
}
