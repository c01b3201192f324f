import { escalateAlert } from '../../domain/escalate-alert.ts';
import { storeChange } from '../../outbox/store-change.ts';
import { untilCommitted } from '../../outbox/until-committed.ts';
import type { OutboxPort, PolicyPort } from '../../ports.ts';

export interface EscalationTurn {
  readonly alertId: string;
  readonly run: number;
}

/** What the state machine does next: come back at that time, or end. */
export type NextTurn = { readonly next: 'wait'; readonly until: string } | { readonly next: 'over' };

export interface AdvanceEscalationDeps {
  readonly outbox: OutboxPort;
  readonly policy: PolicyPort;
  readonly now: () => number;
}

/** One turn of an alert's escalation: takes the step that is due, and says when to look again. Repeating a turn takes no step twice. */
export async function advanceEscalation(
  { alertId, run }: EscalationTurn,
  deps: AdvanceEscalationDeps,
): Promise<NextTurn> {
  const policy = await deps.policy();
  return untilCommitted(async (): Promise<NextTurn | undefined> => {
    const current = await deps.outbox.alert(alertId);
    if (current === undefined || current.alert.value.escalationRun !== run) return { next: 'over' };
    const now = deps.now();
    const escalation = escalateAlert(current.alert.value, policy, now);
    if (escalation.kind === 'over') return { next: 'over' };
    if (escalation.kind === 'wait') return { next: 'wait', until: new Date(escalation.until).toISOString() };
    const { alert, step } = escalation;
    const change = { alert, step, isNews: true };
    const committed = await storeChange({ current }, change, { outbox: deps.outbox, policy, now });
    // Committed: the next turn follows at once, and says when the step after this one is due.
    return committed === 'committed' ? { next: 'wait', until: new Date(now).toISOString() } : undefined;
  });
}
