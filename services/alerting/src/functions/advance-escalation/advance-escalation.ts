import { type Escalation, escalateAlert } from '../../domain/escalate-alert.ts';
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
    if (escalation.kind !== 'changed') return turnAfter(escalation, now);
    const { alert, step, isNews } = escalation;
    const change = { alert, step, isNews };
    const committed = await storeChange({ current }, change, { outbox: deps.outbox, policy, now });
    return committed === 'committed' ? turnAfter(escalateAlert(alert, policy, now), now) : undefined;
  });
}

/** Another change that is due is left to a turn that follows at once. */
function turnAfter(escalation: Escalation, now: number): NextTurn {
  if (escalation.kind === 'over') return { next: 'over' };
  const until = escalation.kind === 'wait' ? escalation.until : now;
  return { next: 'wait', until: new Date(until).toISOString() };
}
