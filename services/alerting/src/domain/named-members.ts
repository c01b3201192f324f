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

/** So many different lists of names are kept: silences look no further. */
const MOST_ABOUT = 20;

/** What those of an alert are about, and what a signal is about. Beyond the twentieth nothing more is kept but that there is more. Pure. */
export function withNames(
  about: NonNullable<StoredAlert['about']> = [[]],
  { names = [] }: Pick<AlertSignal, 'names'>,
): NonNullable<StoredAlert['about']> {
  const isKnown = about.some((known) => known.length === names.length && known.every((name, at) => name === names[at]));
  const all = isKnown ? about : [...about, names];
  return all.length > MOST_ABOUT ? [...all.slice(0, MOST_ABOUT - 1), []] : all;
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
