import type { Delivery } from './delivery.ts';
import type { AlertingPolicy } from './policy/policy.ts';
import { standInsFor } from './stand-ins.ts';
import type { StoredAlert } from './stored-alert.ts';

/** As long as a channel's own retries take at most: what is critical waits no longer for a channel that asks for time, however often it asks for little. */
const CRITICAL_PATIENCE_MS = 300_000;

/** A delivery that gives up because its channel asks for time, and those that take over. */
export interface HandOver {
  readonly delivery: Delivery;
  readonly standIns: readonly Delivery[];
}

/**
 * What becomes of a delivery whose channel asked for time: undefined where it waits, because the alert is not critical (or somebody has it in hand), the
 * wait in all is short, a stand-in tells it already, or there is none. Pure.
 */
export function handOver(
  delivery: Delivery,
  alert: StoredAlert,
  context: { readonly existing: readonly Delivery[]; readonly policy: AlertingPolicy; readonly now: number },
): HandOver | undefined {
  const { existing, now } = context;
  const { notBefore = now } = delivery;
  if (!isPressing(alert) || notBefore - unheardSince(delivery) < CRITICAL_PATIENCE_MS) return undefined;
  if (existing.some((other) => isToldBy(other, delivery))) return undefined;
  const standIns = standInsFor(delivery, alert, context);
  if (standIns.length === 0) return undefined;
  const reason = `It asked to be left alone until ${new Date(notBefore).toISOString()}.`;
  return { delivery: { ...delivery, state: 'failed', reason, updatedAt: now }, standIns };
}

/** What is critical and in nobody's hands. */
export const isPressing = ({ severity, state }: StoredAlert): boolean => severity === 'critical' && state === 'open';

/** News of an alert that was never told does not begin the wait anew. */
const unheardSince = ({ sent, plannedAt, wantedAt }: Delivery): number => (sent < 0 ? plannedAt : wantedAt);

/** Whether one tells, or may still tell, what the other was to tell to the same people. */
const isToldBy = (other: Delivery, { channel, fallbackOf = channel, person, recipient }: Delivery): boolean =>
  other.fallbackOf === fallbackOf &&
  (other.channel !== channel || other.recipient !== recipient) &&
  (other.state === 'pending' || other.state === 'delivered') &&
  (other.person === undefined || person === undefined || other.person === person);
