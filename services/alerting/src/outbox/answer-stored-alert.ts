import { type AlertAnswer, answerAlert } from '../domain/answer-alert.ts';
import type { OutboxPort, PolicyPort, StoredAlertWithDeliveries } from '../ports.ts';
import { storeChange } from './store-change.ts';
import { untilCommitted } from './until-committed.ts';

export type StoredAnswer =
  | { readonly kind: 'answered' | 'already'; readonly alert: StoredAlertWithDeliveries }
  | { readonly kind: 'not-found' };

/** A person's answer to an alert, stored; those who were told of the alert are told of the answer. Safe to repeat. */
export async function answerStoredAlert(
  alertId: string,
  answer: AlertAnswer,
  { outbox, policy, now }: { readonly outbox: OutboxPort; readonly policy: PolicyPort; readonly now: () => number },
): Promise<StoredAnswer> {
  const inForce = await policy();
  return untilCommitted(async (): Promise<StoredAnswer | undefined> => {
    const current = await outbox.alert(alertId);
    if (current === undefined) return { kind: 'not-found' };
    const at = now();
    const outcome = answerAlert(current.alert.value, answer, at);
    if (outcome.kind === 'already') return { kind: 'already', alert: current };
    const committed = await storeChange({ current }, outcome, { outbox, policy: inForce, now: at });
    if (committed === 'conflict') return undefined;
    return {
      kind: 'answered',
      alert: { ...current, alert: { value: outcome.alert, version: current.alert.version + 1 } },
    };
  });
}
