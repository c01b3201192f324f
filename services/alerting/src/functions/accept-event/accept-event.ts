import type { AlertSignal } from '../../domain/alert-signal.ts';
import { type FoldContext, foldSignals, subjectKey } from '../../domain/fold-signals.ts';
import { type MailBounce, mailBounce } from '../../domain/mail-bounce.ts';
import { provesNothingUntil } from '../../domain/signals/first-verdict.ts';
import { judgedSignal } from '../../domain/signals/judged-signal.ts';
import { signalOfEvent } from '../../domain/signals/signal-of-event.ts';
import type { Member } from '../../domain/stored-alert.ts';
import { storeChange } from '../../outbox/store-change.ts';
import { untilCommitted } from '../../outbox/until-committed.ts';
import type { CommitOutcome, OutboxPort, PolicyPort } from '../../ports.ts';

export interface AcceptEventDeps {
  readonly outbox: OutboxPort;
  readonly policy: PolicyPort;
  readonly now: () => number;
}

/** The signals of events that asks something of somebody, by group, with those events' own names; and the events that are none, or none yet. */
export interface SortedEvents {
  readonly groups: ReadonlyMap<string, { readonly id: string; readonly signal: AlertSignal }[]>;
  /** Mails of alerts that came back. */
  readonly bounces: readonly { readonly id: string; readonly bounce: MailBounce }[];
  /** First verdicts of new alarms, to come again after this time. */
  readonly held: readonly { readonly id: string; readonly body: string; readonly delayMs: number }[];
  readonly unreadable: readonly { readonly id: string; readonly error: Error }[];
}

/** Reads a batch of events; each is JSON text of EventBridge. `place` names this deployment in commands to type. */
export function sortEvents(
  events: readonly { readonly id: string; readonly body: string }[],
  now: number,
  place = '',
): SortedEvents {
  const groups = new Map<string, { id: string; signal: AlertSignal }[]>();
  const bounces: { id: string; bounce: MailBounce }[] = [];
  const held: { id: string; body: string; delayMs: number }[] = [];
  const unreadable: { id: string; error: Error }[] = [];
  for (const { id, body } of events) {
    try {
      const event: unknown = JSON.parse(body);
      const bounce = mailBounce(event);
      if (bounce !== undefined) {
        bounces.push({ id, bounce });
        continue;
      }
      const delayMs = (provesNothingUntil(event) ?? now) - now;
      const signal = signalOfEvent(event, place);
      if (signal === undefined) continue;
      if (delayMs > 0) {
        held.push({ id, body, delayMs });
        continue;
      }
      groups.set(signal.groupKey, [...(groups.get(signal.groupKey) ?? []), { id, signal }]);
    } catch (error) {
      unreadable.push({ id, error: error as Error });
    }
  }
  return { groups, bounces, held, unreadable };
}

/**
 * Signals of one group into the outbox, in one transaction where they make one alert: it and whom it has to reach exist before anybody is told. Safe to
 * repeat. At most ten at once, as many as a batch holds.
 */
export async function acceptSignals(heardOf: readonly AlertSignal[], deps: AcceptEventDeps): Promise<void> {
  const policy = await deps.policy();
  const signals = heardOf.flatMap((signal) => judgedSignal(signal, policy.sources) ?? []);
  if (signals.length === 0) return;
  await untilCommitted(async () => {
    const members = await deps.outbox.members(signals.map(({ subject }) => subject));
    const heard = new Map(members.map((member) => [subjectKey(member.subject), member]));
    const context = { policy, heard, now: deps.now() };
    for (const [groupKey, own] of byGroup(signals, heard)) {
      if ((await acceptGroup(groupKey, own, context, deps.outbox)) === 'conflict') return undefined;
    }
    return 'done';
  });
}

/** A subject that is in trouble in one group stays there, whatever group its events name by now: its end has to find its beginning. */
function byGroup(signals: readonly AlertSignal[], heard: ReadonlyMap<string, Member>): Map<string, AlertSignal[]> {
  const groups = new Map<string, AlertSignal[]>();
  for (const signal of signals) {
    const member = heard.get(subjectKey(signal.subject));
    const groupKey = member?.state === 'open' ? member.groupKey : signal.groupKey;
    groups.set(groupKey, [...(groups.get(groupKey) ?? []), { ...signal, groupKey }]);
  }
  return groups;
}

async function acceptGroup(
  groupKey: string,
  signals: readonly AlertSignal[],
  context: FoldContext,
  outbox: OutboxPort,
): Promise<CommitOutcome> {
  const group = await outbox.group(groupKey);
  const { change, members, rest } = foldSignals(group.current?.alert.value, signals, context);
  if (change === undefined && members.length === 0) return 'committed';
  const committed = await (change === undefined
    ? outbox.commit({ members, deliveries: [] })
    : storeChange(group, { ...change, members }, { outbox, ...context }));
  // What is left builds on what was stored: read that first.
  return rest.length > 0 ? 'conflict' : committed;
}
