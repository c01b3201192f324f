import { type Delivery, deliveryKey } from './delivery.ts';
import { escalateAlert } from './escalate-alert.ts';
import { type MissedContext, PATIENCE_MS, whyMissed } from './missed.ts';
import { firstDelivery } from './plan-deliveries.ts';
import { allRecipients } from './rota/recipients.ts';
import { reliefOf } from './rota/relief.ts';
import type { StoredAlert } from './stored-alert.ts';

/** What an alert needs because what should have been done about it was not. */
export interface Needs {
  /** Its escalation does not advance: its turn has to be taken here. */
  readonly isOverdue: boolean;
  /** Deliveries that wait, and that nobody works on any more. */
  readonly stuck: readonly Delivery[];
  /** Deliveries of an alert that nobody heard of, once more, since their channels may be back; and to whoever is on call after the one who took it on. */
  readonly wanted: readonly Delivery[];
  /** The alert as it is to be kept, where that is new. */
  readonly kept?: StoredAlert;
  /** Nobody could be told of it, and whoever runs this does not know yet. */
  readonly isNewlyUnheard: boolean;
}

/** As long as a channel that was given up rests before it is tried again for what nobody heard of. */
const REST_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** Looks after an alert as if nobody else did. Whatever is asked for may be done twice. Pure. */
export function lookAfter(alert: StoredAlert, context: MissedContext): Needs {
  const { deliveries, policy, now } = context;
  const because = whyMissed(alert, context);
  const kept = markedAs(because, alert, deliveries);
  return {
    isOverdue: escalateAlert(alert, policy, now - PATIENCE_MS).kind === 'changed',
    stuck: deliveries.filter((delivery) => isStuck(delivery, now)),
    wanted: because === 'unheard' ? triedAgain(alert, context) : toRelief(alert, context),
    ...(kept !== alert && { kept }),
    isNewlyUnheard: because === 'unheard' && alert.missed !== 'unheard' && alert.subject.kind !== 'synthetic',
  };
}

/** Ordered anew once its last attempt, the wait that its channel asked for, and the lease of whoever sends are long over. */
function isStuck({ state, wanted, sent, updatedAt, notBefore = 0, lease }: Delivery, now: number): boolean {
  const since = Math.max(updatedAt, notBefore, lease?.until ?? 0);
  return state === 'pending' && wanted > sent && now - since >= PATIENCE_MS;
}

function triedAgain(alert: StoredAlert, { deliveries, policy, now }: MissedContext): Delivery[] {
  if (now - alert.updatedAt >= policy.forgetAfterDays * DAY_MS) return [];
  const reachable = new Set(allRecipients(policy).map(deliveryKey));
  return deliveries
    .filter(({ state, updatedAt }) => state !== 'pending' && now - updatedAt >= REST_MS)
    .filter((delivery) => reachable.has(deliveryKey(delivery)))
    .map((delivery) => ({
      ...delivery,
      wanted: alert.revision,
      state: 'pending',
      attempts: 0,
      wantedAt: now,
      updatedAt: now,
    }));
}

/** Whoever was told alone before knows of it. */
function toRelief(alert: StoredAlert, { deliveries, policy, now }: MissedContext): Delivery[] {
  const told = new Set(deliveries.map(deliveryKey));
  return reliefOf(alert, policy, now)
    .filter((recipient) => !told.has(deliveryKey(recipient)))
    .map((recipient) => firstDelivery(alert, { ...recipient, step: Math.max(0, alert.stepsTaken - 1) }, now));
}

/** An open alert bears a mark only where nobody heard of it: that nobody took it on is seen by its steps. One that ended is settled once all is told. */
function markedAs(because: StoredAlert['missed'], alert: StoredAlert, deliveries: readonly Delivery[]): StoredAlert {
  const isOver = alert.state === 'closed';
  const missed = isOver || because === 'unheard' ? because : undefined;
  const isTold = alert.nextStepAt === undefined && deliveries.every(({ state }) => state !== 'pending');
  const isSettled = isOver && missed === undefined && isTold;
  if (alert.missed === missed && (alert.isSettled ?? false) === isSettled) return alert;
  const { missed: _, isSettled: __, ...rest } = alert;
  return { ...rest, ...(missed && { missed }), ...(isSettled && { isSettled }) };
}
