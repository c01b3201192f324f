import type { AlertSignal } from './alert-signal.ts';
import { reopened } from './close-alert.ts';
import { memberAfter } from './heard-trouble.ts';
import { withEntry } from './history.ts';
import { withMember, withNames } from './named-members.ts';
import { firstStepAt } from './open-alert.ts';
import type { AlertingPolicy } from './policy/policy.ts';
import { isBelow, worseOf } from './severity.ts';
import type { SignalChange, SignalContext } from './signal-outcome.ts';
import type { Member, StoredAlert } from './stored-alert.ts';
import { takeDueStep } from './take-due-step.ts';

/** More of the trouble whose alert is under way, or over and untold: it is told at once where it is worse, or where the alert is silenced no more. Pure. */
export function joinAlert(
  known: StoredAlert,
  member: Member | undefined,
  signal: AlertSignal,
  { policy, now }: SignalContext,
): SignalChange {
  const isWorse = isBelow(known.severity, signal.severity);
  const isNewMember = member?.alertId !== known.alertId;
  const isReturning = !isNewMember && member?.state === 'resolved';
  const isNews = isWorse || isWorthTelling(known, signal, isNewMember);
  const grown = grownBy(reopened(known, now), signal, now);
  const occurrences = countedWith(known, isNewMember);
  const openMembers = known.openMembers + (isNewMember || isReturning ? 1 : 0);
  const joint = { ...grown, occurrences, openMembers, ...(isNews && { newsRevision: grown.revision }) };
  const worse = isWorse ? escalateAnew(joint, policy, now) : joint;
  // Whatever sleeps until a silence ends does not know of what joined and is not silenced.
  const taken = worse.stepsTaken === 0 ? takeDueStep(worse, policy, now) : undefined;
  return {
    kind: 'changed',
    alert: taken?.alert ?? worse,
    member: memberAfter(signal, member, known),
    isNews,
    ...(taken && { step: taken.step }),
  };
}

/** The alert with what a signal says: as bad as the worse of both. */
function grownBy(alert: StoredAlert, signal: AlertSignal, now: number): StoredAlert {
  const { severity, title, text, approvals, concerns } = signal;
  const isWorse = isBelow(alert.severity, severity);
  const isAboutTheFirst = signal.subject.id === alert.subject.id;
  const revision = alert.revision + 1;
  return {
    ...(isWorse ? withEntry(alert, { at: now, change: 'worse' }) : alert),
    severity: worseOf(alert.severity, severity),
    ...((isWorse || isAboutTheFirst) && { title, text }),
    ...(approvals && { approvals }),
    ...(concerns && { concerns }),
    revision,
    updatedAt: now,
    lastChange: 'joined',
    members: withMember(alert, signal),
    about: withNames(alert.about, signal),
    ...(isWorse && { notice: { change: 'worse', revision } }),
  };
}

/** What came back after its end counts again; a member that is in the alert already does not. */
const countedWith = ({ occurrences, state }: StoredAlert, isNewMember: boolean): number =>
  occurrences + (isNewMember || state === 'closed' ? 1 : 0);

/** No worse, and worth telling: it is back, somebody is asked, or a flood has grown tenfold. */
function isWorthTelling(known: StoredAlert, { approvals }: AlertSignal, isNewMember: boolean): boolean {
  const isMilestone = isNewMember && isRoundNumber(countedWith(known, isNewMember));
  return known.state === 'closed' || isMilestone || approvals !== undefined;
}

/** What became worse begins at the first step of its new severity, even if somebody had taken it on. */
function escalateAnew(alert: StoredAlert, policy: AlertingPolicy, now: number): StoredAlert {
  const { acknowledgedBy: _, snoozedUntil: __, ...rest } = alert;
  const nextStepAt = firstStepAt(policy, alert.severity, now);
  return { ...rest, state: 'open', stepsTaken: 0, nextStepAt, escalationRun: alert.escalationRun + 1 };
}

/** A flood is announced at its 10th, 100th, 1,000th member, not at each. */
const isRoundNumber = (count: number): boolean => /^10+$/.test(String(count));
