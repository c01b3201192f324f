import { LamplighterError } from '@lamplighter/lambda-kit';
import type { Delivery } from '../../domain/delivery.ts';
import { giveUp } from '../../domain/give-up.ts';
import type { MailBounce } from '../../domain/mail-bounce.ts';
import { cut, readable } from '../../domain/signals/bound-signal.ts';
import { untilCommitted } from '../../outbox/until-committed.ts';
import type { AcceptEventDeps } from './accept-event.ts';

const REASON_LIMIT = 300;

/**
 * A mail that SES took and that came back was not delivered: nobody heard by it, and its stand-in tells the alert. A newer mail to the same address speaks for
 * itself. Safe to repeat.
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
    if (row.value.state !== 'delivered') return 'done';
    const others = current.deliveries.filter((other) => other !== row);
    const { delivery, standIns } = giveUp(cameBack(row.value, bounce, now()), current.alert.value, {
      others: others.map(({ value }) => value),
      policy: await policy(),
      now: now(),
    });
    const fresh = current.alert.value.state === 'closed' ? [] : standIns;
    const outcome = await outbox.commit({
      deliveries: [{ value: delivery, version: row.version }, ...fresh.map((value) => ({ value, version: 0 }))],
      unchanged: others,
    });
    return outcome === 'conflict' ? undefined : 'done';
  });
}

const cameBack = (delivery: Delivery, { reason }: MailBounce, now: number): Delivery => ({
  ...delivery,
  state: 'failed',
  sent: -1,
  reason: cut(readable(reason), REASON_LIMIT),
  updatedAt: now,
});

function assertRecorded({ recipients }: MailBounce, deliveries: readonly Delivery[]): void {
  const addresses = recipients.map((address) => address.toLowerCase());
  const isBeingSent = deliveries.some(
    ({ lease, recipient }) => lease !== undefined && addresses.includes(recipient.toLowerCase()),
  );
  if (isBeingSent) throw new LamplighterError('MAIL_BEING_SENT', 'A mail came back before its sending was recorded.');
}
