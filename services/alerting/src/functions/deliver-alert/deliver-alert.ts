import { type Delivery, deliveryKey } from '../../domain/delivery.ts';
import { handOver } from '../../domain/hand-over.ts';
import type { SendOutcome } from '../../domain/judge-attempt.ts';
import { LEASE_MS, unsureOf } from '../../domain/lease.ts';
import { settleAttempt } from '../../domain/settle-attempt.ts';
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

/** After a write whose outcome got lost. */
const RETRY_OF_UNKNOWN_MS = 5_000;

/**
 * Brings one recipient up to date: takes the lease, sends the alert as it stands now, records what came of it. Whoever dies on the way leaves a lease
 * that runs out, and the next one asks the channel whether the message is there already.
 */
export async function deliverAlert(order: DeliveryOrder, deps: DeliverAlertDeps): Promise<void> {
  const claimed = await untilCommitted(() => claim(order, deps));
  if (claimed.kind === 'nothing-to-do') return;
  if (claimed.kind === 'busy') return deps.order([order], claimed.forMs);
  const outcome = await send(claimed, deps);
  const { retryAfterMs } = await untilCommitted(() => settle(order, claimed, outcome, deps));
  if (retryAfterMs !== undefined) await deps.order([order], retryAfterMs);
}

interface Claimed {
  readonly kind: 'claimed';
  readonly alert: StoredAlert;
  readonly delivery: Delivery;
}

type Claim = Claimed | { readonly kind: 'nothing-to-do' } | { readonly kind: 'busy'; readonly forMs: number };

async function claim(
  order: DeliveryOrder,
  { outbox, policy, now, owner }: DeliverAlertDeps,
): Promise<Claim | undefined> {
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
  if (delivery.notBefore !== undefined && delivery.notBefore > at) {
    const existing = current.deliveries.map(({ value }) => value);
    const handed = handOver(delivery, alert, { existing, policy: await policy(), now: at });
    if (handed === undefined) return { kind: 'busy', forMs: delivery.notBefore - at };
    const fresh = handed.standIns.map((value) => ({ value, version: 0 }));
    const unchanged = current.deliveries.filter((other) => other !== row);
    const outcome = await outbox.commit({ deliveries: [{ value: handed.delivery, version }, ...fresh], unchanged });
    return outcome === 'conflict' ? undefined : { kind: 'nothing-to-do' };
  }
  const unsure = unsureOf(delivery);
  const lease = { owner, until: at + LEASE_MS, revision: alert.revision };
  const leased: Delivery = { ...delivery, lease, ...(unsure && { unsure }) };
  const outcome = await outbox.commit({ deliveries: [{ value: leased, version }] });
  return outcome === 'conflict' ? undefined : { kind: 'claimed', alert, delivery: leased };
}

async function send({ alert, delivery }: Claimed, deps: DeliverAlertDeps): Promise<SendOutcome> {
  const channel = await deps.channel(delivery.channel);
  if (channel === undefined) return { kind: 'never', reason: `The policy has no channel ${delivery.channel}.` };
  const answerUrl = await deps.answerUrl(alert, delivery);
  const { unsure } = delivery;
  return channel({ alert, delivery, ...(unsure && { unsure }), ...(answerUrl !== undefined && { answerUrl }) });
}

interface Settled {
  readonly retryAfterMs?: number;
}

async function settle(
  order: DeliveryOrder,
  claimed: Claimed,
  outcome: SendOutcome,
  { outbox, policy, now, jitter, owner }: DeliverAlertDeps,
): Promise<Settled | undefined> {
  const current = await outbox.alert(order.alertId);
  const row = current?.deliveries.find(({ value }) => deliveryKey(value) === deliveryKey(order));
  if (current === undefined || row === undefined) return {};
  // Somebody else took over after our lease ran out: what came of our attempt is theirs to find out. No lease at all: what we wrote was taken, and its
  // answer lost; then nobody else will see to the next try.
  if (row.value.lease?.owner !== owner) {
    const isLeft = row.value.lease === undefined && row.value.state === 'pending';
    return isLeft ? { retryAfterMs: RETRY_OF_UNKNOWN_MS } : {};
  }
  const others = current.deliveries.filter(({ value }) => value !== row.value);
  const { delivery, standIns, restsOnOthers, retryAfterMs } = settleAttempt(
    { delivery: row.value, alert: current.alert.value, others: others.map(({ value }) => value) },
    outcome,
    { policy: await policy(), revision: claimed.alert.revision, now: now(), jitter: jitter() },
  );
  const fresh: Read<Delivery>[] = standIns.map((value) => ({ value, version: 0 }));
  const committed = await outbox.commit({
    deliveries: [{ value: delivery, version: row.version }, ...fresh],
    // Two that give up at the same time must not each count on the other.
    ...(restsOnOthers && { unchanged: others }),
  });
  if (committed === 'conflict') return undefined;
  return retryAfterMs === undefined ? {} : { retryAfterMs };
}
