import { LamplighterError } from '@lamplighter/lambda-kit';
import type { Delivery } from '../../domain/delivery.ts';
import type { MailBounce } from '../../domain/mail-bounce.ts';
import { mailCameBack } from '../../domain/mail-came-back.ts';
import type { StoredAlert } from '../../domain/stored-alert.ts';
import { untilCommitted } from '../../outbox/until-committed.ts';
import type { Read } from '../../ports.ts';
import type { AcceptEventDeps } from './accept-event.ts';

/**
 * Records that a mail which SES took came back, with those that tell the alert in its stead. A newer mail to the same address speaks for itself. Safe to
 * repeat.
 * @throws LamplighterError MAIL_BEING_SENT where the mail came back before its sending was recorded: its event comes again
 */
export async function recordBounce(bounce: MailBounce, { outbox, policy, now }: AcceptEventDeps): Promise<void> {
  await untilCommitted(async () => {
    const current = await outbox.alert(bounce.alertId);
    const row = current?.deliveries.find(({ value }) => value.receipt === bounce.messageId);
    if (current === undefined || row === undefined) {
      assertRecorded(bounce, current?.deliveries.map(({ value }) => value) ?? []);
      return 'done';
    }
    const others = current.deliveries.filter((other) => other !== row);
    const known = { delivery: row.value, alert: current.alert.value, others: others.map(({ value }) => value) };
    const change = mailCameBack(known, bounce, { policy: await policy(), now: now() });
    if (change === undefined) return 'done';
    const fresh = change.standIns.map((value) => ({ value, version: 0 }));
    const outcome = await outbox.commit({
      ...(known.alert.state === 'closed' && { alert: unsettled(current.alert) }),
      deliveries: [{ value: change.delivery, version: row.version }, ...fresh],
      unchanged: others,
    });
    return outcome === 'conflict' ? undefined : 'done';
  });
}

/** What is over is judged anew, since fewer may have heard of it; a sweep that read it before the mail came back finds it changed, and does not settle it. */
function unsettled({ value: { isSettled: _, ...value }, version }: Read<StoredAlert>): Read<StoredAlert> {
  return { value, version };
}

function assertRecorded({ recipients }: MailBounce, deliveries: readonly Delivery[]): void {
  const addresses = recipients.map((address) => address.toLowerCase());
  const isBeingSent = deliveries.some(
    ({ lease, recipient }) => lease !== undefined && addresses.includes(recipient.toLowerCase()),
  );
  if (isBeingSent) throw new LamplighterError('MAIL_BEING_SENT', 'A mail came back before its sending was recorded.');
}
