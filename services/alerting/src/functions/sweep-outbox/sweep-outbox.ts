import type { AlertList } from '../../domain/alert-list.ts';
import { deliveryKey } from '../../domain/delivery.ts';
import { lookAfter } from '../../domain/look-after.ts';
import type { AlertingPolicy } from '../../domain/policy/policy.ts';
import type {
  DeliveryOrder,
  OrderDeliveryPort,
  OutboxPort,
  PolicyPort,
  StartEscalationPort,
  StoredAlertWithDeliveries,
} from '../../ports.ts';
import { advanceEscalation } from '../advance-escalation/advance-escalation.ts';

export interface SweepOutboxDeps {
  readonly outbox: OutboxPort;
  readonly policy: PolicyPort;
  readonly order: OrderDeliveryPort;
  readonly startEscalation: StartEscalationPort;
  /** Puts what nobody could be told where an alarm watches. */
  readonly reportUnheard: (orders: readonly DeliveryOrder[]) => Promise<void>;
  readonly failed: (alert: StoredAlertWithDeliveries, error: Error) => void;
  readonly now: () => number;
}

/** The worst first, and what is not closed before what ended. */
const LISTS: readonly AlertList[] = ['open/critical', 'open', 'open/warning', 'ended', 'missed', 'open/info'];
const AT_ONCE = 25;
/** A queue that is behind is not put behind further by orders of what lies in it already. */
const MOST_ORDERS = 1_000;
/** What is left is for the next round, which begins with the worst again. */
const LONGEST_MS = 240_000;
/** What was missed before that is only kept: nothing is tried any more. */
const TRIED_MS = 14 * 86_400_000;

/**
 * Looks after every alert that is not done with, as if nothing else worked: orders what waits, takes turns that nobody took, tries again what nobody heard of,
 * and marks what was missed. An alert that cannot be looked after keeps no other from it.
 * @returns how many were looked after
 */
export async function sweepOutbox(deps: SweepOutboxDeps): Promise<number> {
  const deadline = deps.now() + LONGEST_MS;
  const bounded = { ...deps, order: upTo(MOST_ORDERS, deps.order) };
  let policy: AlertingPolicy | undefined;
  let visited = 0;
  for await (const { list, alertIds } of chunksOf(deps)) {
    if (deps.now() >= deadline) break;
    policy ??= await deps.policy();
    const inForce = policy;
    const some = await deps.outbox.read(alertIds);
    await Promise.all(some.map((one) => visit(one, list, inForce, bounded)));
    visited += some.length;
  }
  return visited;
}

/** The first orders of a round; the rest is for the next one. */
function upTo(most: number, order: OrderDeliveryPort): OrderDeliveryPort {
  let left = most;
  return async (orders, delayMs) => {
    const some = orders.slice(0, left);
    left -= some.length;
    if (some.length > 0) await order(some, delayMs);
  };
}

async function* chunksOf({ outbox, now }: SweepOutboxDeps) {
  for (const list of LISTS)
    for await (const page of outbox.listed(list, list === 'missed' ? now() - TRIED_MS : undefined))
      for (let at = 0; at < page.length; at += AT_ONCE) yield { list, alertIds: page.slice(at, at + AT_ONCE) };
}

async function visit(
  current: StoredAlertWithDeliveries,
  list: AlertList,
  policy: AlertingPolicy,
  deps: SweepOutboxDeps,
): Promise<void> {
  try {
    await lookedAfter(current, list, policy, deps);
  } catch (error) {
    deps.failed(current, error as Error);
  }
}

async function lookedAfter(
  { alert, deliveries }: StoredAlertWithDeliveries,
  list: AlertList,
  policy: AlertingPolicy,
  deps: SweepOutboxDeps,
): Promise<void> {
  const { alertId, escalationRun: run } = alert.value;
  const context = { deliveries: deliveries.map(({ value }) => value), policy, now: deps.now() };
  const { isOverdue, stuck, wanted, kept, isNewlyUnheard } = lookAfter(alert.value, context);
  if (stuck.length > 0) await deps.order(stuck, 0);
  if (isNewlyUnheard) await deps.reportUnheard([context.deliveries[0] ?? nobody(alertId)]);
  // What the version before wrote moves from its one list to that of its severity.
  if (kept !== undefined || wanted.length > 0 || list === 'open') {
    const versions = new Map(deliveries.map(({ value, version }) => [deliveryKey(value), version]));
    const fresh = wanted.map((value) => ({ value, version: versions.get(deliveryKey(value)) ?? 0 }));
    const committed = await deps.outbox.commit({ alert: { ...alert, value: kept ?? alert.value }, deliveries: fresh });
    if (committed === 'committed' && wanted.length > 0) await deps.order(wanted, 0);
  }
  if (!isOverdue) return;
  await advanceEscalation({ alertId, run }, deps);
  // One that never began does now; one that ended too early does not begin again, and has its turns taken here.
  await deps.startEscalation(alertId, run);
}

const nobody = (alertId: string): DeliveryOrder => ({ alertId, channel: 'none', recipient: 'none' });
