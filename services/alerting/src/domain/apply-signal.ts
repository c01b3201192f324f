import type { AlertSignal } from './alert-signal.ts';
import { closeAlert } from './close-alert.ts';
import { openAlert } from './open-alert.ts';
import type { AlertingPolicy } from './policy/policy.ts';
import { isBelow, worseOf } from './severity.ts';
import type { Member, StoredAlert } from './stored-alert.ts';
import { takeDueStep } from './take-due-step.ts';

/** What is known of a group when a signal comes in. */
export interface GroupState {
  /** The group's newest alert, if there ever was one. */
  readonly alert: StoredAlert | undefined;
  /** What was last heard of the signal's subject. */
  readonly member: Member | undefined;
}

export interface SignalChange {
  readonly kind: 'changed';
  readonly alert: StoredAlert;
  readonly member: Member;
  /** Those who know of the alert have to hear of this. */
  readonly isNews: boolean;
  /** A step of the escalation that was taken with it. */
  readonly step?: number;
}

export type SignalOutcome = { readonly kind: 'nothing-new' } | SignalChange;

export interface SignalContext {
  readonly policy: AlertingPolicy;
  readonly now: number;
  /** The identity of a new alert: the same signal always gives the same one. */
  readonly newAlertId: string;
}

/**
 * What a signal does to the alert of its group: opens one, joins it, makes it worse, or ends it when the last member recovers. An alert that is over
 * stays over; the next trouble of its group opens a new one. Pure.
 */
export function applySignal({ alert, member }: GroupState, signal: AlertSignal, context: SignalContext): SignalOutcome {
  if (member !== undefined && signal.revision <= member.revision) return { kind: 'nothing-new' };
  if (alert !== undefined && alert.state !== 'closed') {
    const change = signal.kind === 'open' ? joined : resolved;
    return change(alert, member, signal, context);
  }
  // More of a trouble whose alert somebody closed by hand, or its end: nobody has to hear of it again.
  const isOldTrouble = member !== undefined && (member.state === 'open' || signal.kind === 'resolve');
  return isOldTrouble ? { kind: 'nothing-new' } : opened(signal, context);
}

/** Even a recovery that arrives before its trouble opens an alert, and closes it: trouble that nobody heard of was trouble. */
function opened(signal: AlertSignal, { policy, now, newAlertId }: SignalContext): SignalChange {
  const alert = openAlert(signal, newAlertId, policy, now);
  const isOver = signal.kind === 'resolve';
  const taken = takeDueStep(isOver ? { ...alert, nextStepAt: now } : alert, policy, now);
  const told = taken?.alert ?? alert;
  return {
    kind: 'changed',
    alert: isOver ? { ...closeAlert({ ...told, openMembers: 0 }, 'recovered', now), revision: 0 } : told,
    member: memberOf(signal, newAlertId),
    isNews: true,
    ...(taken && { step: taken.step }),
  };
}

function joined(
  alert: StoredAlert,
  member: Member | undefined,
  signal: AlertSignal,
  { policy, now }: SignalContext,
): SignalChange {
  const isNewMember = member?.alertId !== alert.alertId;
  const isReturning = !isNewMember && member?.state === 'resolved';
  const isWorse = isBelow(alert.severity, signal.severity);
  const occurrences = alert.occurrences + (isNewMember ? 1 : 0);
  const isAboutTheFirst = signal.subject.id === alert.subject.id;
  const grown: StoredAlert = {
    ...alert,
    occurrences,
    openMembers: alert.openMembers + (isNewMember || isReturning ? 1 : 0),
    severity: worseOf(alert.severity, signal.severity),
    ...((isWorse || isAboutTheFirst) && { title: signal.title, text: signal.text }),
    ...(signal.approvals && { approvals: signal.approvals }),
    revision: alert.revision + 1,
    updatedAt: now,
    lastChange: 'joined',
  };
  const taken = isWorse ? takeDueStep(escalateAnew(grown, now), policy, now) : undefined;
  return {
    kind: 'changed',
    alert: taken?.alert ?? grown,
    member: memberOf(signal, alert.alertId),
    isNews: isWorse || (isNewMember && isRoundNumber(occurrences)) || signal.approvals !== undefined,
    ...(taken && { step: taken.step }),
  };
}

function resolved(
  alert: StoredAlert,
  member: Member | undefined,
  signal: AlertSignal,
  { now }: SignalContext,
): SignalChange {
  const wasOpen = member?.alertId === alert.alertId && member.state === 'open';
  const openMembers = alert.openMembers - (wasOpen ? 1 : 0);
  const isOver = openMembers <= 0;
  const left = { ...alert, openMembers, revision: alert.revision + 1, updatedAt: now, lastChange: 'joined' as const };
  return {
    kind: 'changed',
    alert: isOver ? closeAlert({ ...alert, openMembers: 0 }, 'recovered', now) : left,
    member: memberOf(signal, alert.alertId),
    isNews: isOver,
  };
}

/** What became worse begins at the first step of its new severity, even if somebody had taken it on. */
function escalateAnew(alert: StoredAlert, now: number): StoredAlert {
  const { acknowledgedBy: _, snoozedUntil: __, ...rest } = alert;
  return { ...rest, state: 'open', stepsTaken: 0, nextStepAt: now, escalationRun: alert.escalationRun + 1 };
}

const memberOf = (signal: AlertSignal, alertId: string): Member => ({
  subjectId: signal.subject.id,
  alertId,
  state: signal.kind === 'open' ? 'open' : 'resolved',
  revision: signal.revision,
});

/** A flood is announced at its 10th, 100th, 1,000th member, not at each. */
const isRoundNumber = (count: number): boolean => count >= 10 && Number.isInteger(Math.log10(count));
