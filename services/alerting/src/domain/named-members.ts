import type { Alert } from '@lamplighter/contracts';
import type { AlertSignal } from './alert-signal.ts';
import { isBelow } from './severity.ts';
import type { StoredAlert } from './stored-alert.ts';

type AlertMember = NonNullable<Alert['members']>[number];

/** So many are told by name: a flood is told by its number. */
const MOST_NAMED = 5;

export const memberOf = ({ kind, subject, title, at, since = at }: AlertSignal): AlertMember => ({
  subjectId: subject.id,
  title,
  since,
  ...(kind === 'resolve' && { isOver: true }),
});

/** Those that an alert names, with what a signal says of one of them. Where all places are taken, what makes the alert worse takes the last one. Pure. */
export function withMember(alert: StoredAlert, signal: AlertSignal): AlertMember[] {
  const { members = [firstOf(alert)] } = alert;
  const at = members.findIndex(({ subjectId }) => subjectId === signal.subject.id);
  if (at >= 0) return members.with(at, goneOn(members[at]!, signal));
  if (members.length < MOST_NAMED) return [...members, memberOf(signal)];
  return isBelow(alert.severity, signal.severity) ? members.with(-1, memberOf(signal)) : members;
}

/** Its end may bear no title, or that of an answer: it keeps the name by which it was told. */
function goneOn({ title, since, subjectId }: AlertMember, signal: AlertSignal): AlertMember {
  const isOver = signal.kind === 'resolve';
  return { subjectId, title: isOver ? title : signal.title, since, ...(isOver && { isOver }) };
}

/** Of an alert of the version before, which named none. */
const firstOf = ({ subject, title, openedAt }: StoredAlert): AlertMember => ({
  subjectId: subject.id,
  title,
  since: openedAt,
});
