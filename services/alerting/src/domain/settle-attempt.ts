import type { Delivery } from './delivery.ts';
import { giveUp } from './give-up.ts';
import { handOver, isPressing } from './hand-over.ts';
import { type Attempt, judgeAttempt, type SendOutcome } from './judge-attempt.ts';
import type { AlertingPolicy } from './policy/policy.ts';
import { standInsFor } from './stand-ins.ts';
import type { StoredAlert } from './stored-alert.ts';

/** A delivery after an attempt, and those that take over. */
export interface SettledAttempt {
  readonly delivery: Delivery;
  readonly standIns: readonly Delivery[];
  /** When to try again. */
  readonly retryAfterMs?: number;
  /** Whether the decision rests on the alert's other deliveries. */
  readonly restsOnOthers: boolean;
}

/** What comes of an attempt: it is told, tried again, or others take over from a channel that gives up, or asks for more time than there is. Pure. */
export function settleAttempt(
  { delivery, alert, others }: { delivery: Delivery; alert: StoredAlert; others: readonly Delivery[] },
  outcome: SendOutcome,
  { policy, ...attempt }: Pick<Attempt, 'revision' | 'now' | 'jitter'> & { readonly policy: AlertingPolicy },
): SettledAttempt {
  const context = { existing: [...others, delivery], policy, now: attempt.now };
  const hasStandIn = standInsFor(delivery, alert, context).length > 0;
  const verdict = judgeAttempt(delivery, outcome, { ...attempt, hasStandIn, isPressing: isPressing(alert) });
  if (verdict.gaveUp) return { ...giveUp(verdict.delivery, alert, { others, ...context }), restsOnOthers: true };
  const isAskedToWait = verdict.delivery.notBefore !== undefined;
  const handed = isAskedToWait ? handOver(verdict.delivery, alert, context) : undefined;
  if (handed !== undefined) return { ...handed, restsOnOthers: true };
  const { retryAfterMs } = verdict;
  return {
    delivery: verdict.delivery,
    standIns: [],
    restsOnOthers: false,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}
