import type { AlertSignal } from './alert-signal.ts';
import type { Member } from './stored-alert.ts';

/** Before every revision. */
const NEVER = Number.MIN_SAFE_INTEGER;

/**
 * Up to which revision a subject's trouble was heard of, as far as it counts when it is over. It is not that of the newest signal: an end may come before
 * its trouble. Rows that do not say are older than this distinction, and stand for all before them.
 */
export const heardUpTo = (member: Member | undefined): number =>
  member === undefined ? NEVER : (member.heardUpTo ?? member.revision);

/** Whether something newer was heard of the subject. */
export const isLate = (signal: AlertSignal, member: Member | undefined): member is Member =>
  member !== undefined && signal.revision <= member.revision;

/** A late signal says nothing, unless it is trouble that counts when it is over, and nobody heard of it. */
export const saysNothing = (signal: AlertSignal, member: Member | undefined): boolean =>
  isLate(signal, member) && !(signal.countsWhenOver && signal.revision > heardUpTo(member));

/** Whether what a signal tells of is over by now. */
export const isOver = (signal: AlertSignal, member: Member | undefined): boolean =>
  signal.kind === 'resolve' || (isLate(signal, member) && member.state === 'resolved');

/** An end of trouble that was heard of, or of which the end itself has nothing to say. */
export function isKnownEnd(signal: AlertSignal, member: Member | undefined): boolean {
  if (signal.kind !== 'resolve' || signal.isMereEnd) return signal.kind === 'resolve';
  if (member === undefined) return false;
  return member.state === 'open' || (signal.endOf ?? NEVER) <= heardUpTo(member);
}

/** What is known of a subject after a signal: its newest state, and the trouble that was heard of. Neither ever goes back. */
export function memberAfter(
  signal: AlertSignal,
  member: Member | undefined,
  { alertId, isEndTold = false }: { readonly alertId: string; readonly isEndTold?: boolean },
): Member {
  const { groupKey, subject, kind, revision } = signal;
  const state: Member['state'] = kind === 'open' ? 'open' : 'resolved';
  const newest = isLate(signal, member) ? member : { groupKey, subject, state, revision };
  const isHeard = kind === 'open' ? signal.countsWhenOver : isEndTold;
  return { ...newest, alertId, heardUpTo: Math.max(heardUpTo(member), isHeard ? revision : NEVER) };
}
