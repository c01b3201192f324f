import type { AlertSignal } from './alert-signal.ts';
import { closeAlert, isHeldBack } from './close-alert.ts';
import { isKnownEnd, isOver, memberAfter, saysNothing } from './heard-trouble.ts';
import { joinAlert } from './join-alert.ts';
import { withMember, withNames } from './named-members.ts';
import { openAlert } from './open-alert.ts';
import type { AlertingPolicy } from './policy/policy.ts';
import { isBelow } from './severity.ts';
import type { GroupState, SignalChange, SignalContext, SignalOutcome } from './signal-outcome.ts';
import { silenceOf } from './silenced.ts';
import type { Member, StoredAlert } from './stored-alert.ts';
import { takeDueStep } from './take-due-step.ts';

/**
 * What a signal does to the alert of its group: opens one, joins it, makes it worse, or ends it when the last member recovers. An alert that is over
 * stays over; the next trouble of its group opens a new one. The order in which trouble and its end come does not decide whether it is told. Pure.
 */
export function applySignal({ alert, member }: GroupState, signal: AlertSignal, context: SignalContext): SignalOutcome {
  if (saysNothing(signal, member)) return { kind: 'nothing-new' };
  const change =
    alert === undefined || (alert.state === 'closed' && !isHeldBack(alert))
      ? begin(alert, member, signal, context)
      : goOn(alert, member, signal, context);
  return change ?? { kind: 'noted', member: memberAfter(signal, member, { alertId: member?.alertId ?? '' }) };
}

/** What a signal changes where no alert of its group is under way; undefined where nobody has to hear of it. */
function begin(
  alert: StoredAlert | undefined,
  member: Member | undefined,
  signal: AlertSignal,
  context: SignalContext,
): SignalChange | undefined {
  return isKnownEnd(signal, member) || isSettled(alert, member, signal)
    ? undefined
    : opened(alert, member, signal, context);
}

/** What a signal changes in the alert that is under way, or over and untold; undefined where nobody has to hear of it. */
function goOn(
  alert: StoredAlert,
  member: Member | undefined,
  signal: AlertSignal,
  context: SignalContext,
): SignalChange | undefined {
  if (!isOver(signal, member)) return joinAlert(alert, member, signal, context);
  const isItsEnd = signal.kind === 'resolve' && member?.alertId === alert.alertId && member.state === 'open';
  if (isItsEnd) return resolved(alert, member, signal, context);
  return isKnownEnd(signal, member) ? undefined : passed(alert, member, signal, context);
}

/** More of the trouble whose alert somebody closed by hand, and no worse: nobody has to hear of it again until it has ended once. */
function isSettled(alert: StoredAlert | undefined, member: Member | undefined, signal: AlertSignal): boolean {
  const isSame = member?.state === 'open' && member.alertId === alert?.alertId;
  return isSame && alert?.closedBy === 'person' && !isBelow(alert.severity, signal.severity);
}

/** Even a recovery that arrives before its trouble opens an alert, and closes it: trouble that nobody heard of was trouble. */
function opened(
  before: StoredAlert | undefined,
  member: Member | undefined,
  signal: AlertSignal,
  { policy, now, newAlertId }: SignalContext,
): SignalChange {
  const alert = openAlert(signal, newAlertId, policy, now, before);
  const taken = takeDueStep(alert, policy, now);
  const told = taken?.alert ?? alert;
  return {
    kind: 'changed',
    alert: isOver(signal, member)
      ? closeAlert({ ...told, openMembers: 0 }, recoveryOf(told, signal, policy, now), now)
      : told,
    member: memberAfter(signal, member, { alertId: newAlertId, isEndTold: true }),
    isNews: true,
    // What is over by now is told at once or, in the quiet hours, at their end.
    ...(taken && { step: taken.step }),
  };
}

function resolved(
  alert: StoredAlert,
  member: Member | undefined,
  signal: AlertSignal,
  { policy, now }: SignalContext,
): SignalChange {
  const openMembers = alert.openMembers - 1;
  const isLast = openMembers <= 0;
  const members = withMember(alert, signal);
  const left: StoredAlert = {
    ...alert,
    openMembers,
    members,
    revision: alert.revision + 1,
    updatedAt: now,
    lastChange: 'joined',
  };
  return {
    kind: 'changed',
    alert: isLast
      ? closeAlert(
          { ...endedBy({ ...alert, members }, signal), openMembers: 0 },
          recoveryOf(alert, signal, policy, now),
          now,
        )
      : left,
    member: memberAfter(signal, member, alert),
    isNews: isLast,
  };
}

/** Trouble that is over when it is first heard of: it was one of the group's all the same. */
function passed(
  alert: StoredAlert,
  member: Member | undefined,
  signal: AlertSignal,
  { now }: SignalContext,
): SignalChange {
  const { occurrences, revision } = alert;
  const members = withMember(alert, { ...signal, kind: 'resolve' });
  const about = withNames(alert.about, signal);
  const grown = { ...alert, occurrences: occurrences + 1, members, about, revision: revision + 1, updatedAt: now };
  const after = memberAfter(signal, member, { alertId: alert.alertId, isEndTold: true });
  const lastChange = isHeldBack(alert) ? 'closed' : 'joined';
  return { kind: 'changed', alert: { ...grown, lastChange }, member: after, isNews: false };
}

/** What began before its silence did was trouble that somebody has to hear of. */
function recoveryOf(alert: StoredAlert, { because = 'recovered' }: AlertSignal, policy: AlertingPolicy, now: number) {
  const isSilenced = [alert.openedAt, now].every((at) => silenceOf(alert, policy, at) !== undefined);
  return { by: 'recovery', because, isSilenced } as const;
}

/** An end that says why bears a title of its own: what was a question is none any more. */
const endedBy = (alert: StoredAlert, { because, title, text }: AlertSignal): StoredAlert =>
  because === undefined ? alert : { ...alert, title, text };
