import { alertIdOf } from './alert-identity.ts';
import type { AlertSignal } from './alert-signal.ts';
import { applySignal } from './apply-signal.ts';
import type { AlertingPolicy } from './policy/policy.ts';
import type { SignalChange } from './signal-outcome.ts';
import type { Member, StoredAlert } from './stored-alert.ts';

/** What signals of one group come to together: one state of one alert, and what was heard of each subject. */
export interface FoldedSignals {
  readonly change?: Omit<SignalChange, 'kind' | 'member'>;
  readonly members: readonly Member[];
  /** Signals that make another alert, or take another step: they need a transaction of their own. */
  readonly rest: readonly AlertSignal[];
}

export interface FoldContext {
  readonly policy: AlertingPolicy;
  readonly now: number;
  /** What was heard of subjects before, by `subjectKey`. */
  readonly heard: ReadonlyMap<string, Member>;
}

export const subjectKey = ({ kind, id }: AlertSignal['subject']): string => `${kind}/${id}`;

/** Applies signals one after the other, as if each had been stored. Pure. */
export function foldSignals(
  current: StoredAlert | undefined,
  signals: readonly AlertSignal[],
  { policy, now, heard }: FoldContext,
): FoldedSignals {
  const members = new Map<string, Member>();
  let change: FoldedSignals['change'];
  for (const [index, signal] of signals.entries()) {
    const key = subjectKey(signal.subject);
    const state = { alert: change?.alert ?? current, member: members.get(key) ?? heard.get(key) };
    const outcome = applySignal(state, signal, { policy, now, newAlertId: alertIdOf(signal) });
    if (outcome.kind === 'nothing-new') continue;
    if (outcome.kind === 'changed') {
      const merged = change === undefined ? outcome : merge(change, outcome);
      if (merged === undefined) return { change: change!, members: [...members.values()], rest: signals.slice(index) };
      const { alert, isNews, step } = merged;
      change = { alert, isNews, ...(step !== undefined && { step }) };
    }
    members.set(key, outcome.member);
  }
  return { ...(change && { change }), members: [...members.values()], rest: [] };
}

function merge(
  first: NonNullable<FoldedSignals['change']>,
  second: NonNullable<FoldedSignals['change']>,
): FoldedSignals['change'] {
  const isOther = first.alert.alertId !== second.alert.alertId;
  if (isOther || (first.step !== undefined && second.step !== undefined)) return undefined;
  const step = second.step ?? first.step;
  return { alert: second.alert, isNews: first.isNews || second.isNews, ...(step !== undefined && { step }) };
}
