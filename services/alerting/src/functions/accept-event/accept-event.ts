import { alertIdOf } from '../../domain/alert-identity.ts';
import { applySignal } from '../../domain/apply-signal.ts';
import { signalOfEvent } from '../../domain/signals/signal-of-event.ts';
import { storeChange } from '../../outbox/store-change.ts';
import { untilCommitted } from '../../outbox/until-committed.ts';
import type { OutboxPort, PolicyPort } from '../../ports.ts';

export interface AcceptEventDeps {
  readonly outbox: OutboxPort;
  readonly policy: PolicyPort;
  readonly now: () => number;
}

/** One event of EventBridge into the outbox: the alert and whom it has to reach exist before anybody is told. Safe to repeat. */
export async function acceptEvent(event: unknown, { outbox, policy, now }: AcceptEventDeps): Promise<void> {
  const signal = signalOfEvent(event);
  if (signal === undefined) return;
  const inForce = await policy();
  await untilCommitted(async () => {
    const { current, member } = await outbox.group(signal.groupKey, signal.subject.id);
    const context = { policy: inForce, now: now(), newAlertId: alertIdOf(signal) };
    const outcome = applySignal({ alert: current?.alert.value, member }, signal, context);
    if (outcome.kind === 'nothing-new') return 'done';
    const committed = await storeChange(current, outcome, { outbox, policy: inForce, now: context.now });
    return committed === 'committed' ? 'done' : undefined;
  });
}
