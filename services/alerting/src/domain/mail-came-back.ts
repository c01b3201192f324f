import { cutText } from '@lamplighter/contracts/cut-text';
import type { Delivery } from './delivery.ts';
import { type GivenUp, giveUp } from './give-up.ts';
import { isPressing } from './hand-over.ts';
import type { MailBounce } from './mail-bounce.ts';
import type { AlertingPolicy } from './policy/policy.ts';
import { readable } from './signals/bound-signal.ts';
import { standInsFor } from './stand-ins.ts';
import type { StoredAlert } from './stored-alert.ts';

const REASON_LIMIT = 300;

/**
 * What becomes of a delivery whose newest mail came back; undefined where that is known. Nobody heard by it of more than the mails before had said, and a
 * stand-in tells the alert unless it is over, or was heard of and is in somebody's hands. What may have arrived stays delivered, with the reason for the
 * doubt: only what is critical and in nobody's hands is told elsewhere, too. Pure.
 */
export function mailCameBack(
  { delivery, alert, others }: { delivery: Delivery; alert: StoredAlert; others: readonly Delivery[] },
  bounce: MailBounce,
  { policy, now }: { readonly policy: AlertingPolicy; readonly now: number },
): GivenUp | undefined {
  const reason = cutText(readable(bounce.reason), REASON_LIMIT);
  if (delivery.state !== 'delivered' || delivery.reason === reason) return undefined;
  if (bounce.mayHaveArrived) {
    const existing = [...others, delivery];
    const standIns = isPressing(alert) ? standInsFor(delivery, alert, { existing, policy, now }) : [];
    return { delivery: { ...delivery, reason, updatedAt: now }, standIns };
  }
  const { sentBefore: sent = -1, firstSentAt, ...rest } = delivery;
  const isHeardOf = sent >= 0 && firstSentAt !== undefined;
  const failed: Delivery = {
    ...rest,
    ...(isHeardOf && { firstSentAt }),
    state: 'failed',
    sent,
    reason,
    updatedAt: now,
  };
  const given = giveUp(failed, alert, { others, policy, now });
  const isToBeTold = alert.state === 'open' || (sent < 0 && alert.state !== 'closed');
  return isToBeTold ? given : { ...given, standIns: [] };
}
