import type { StoredAlert } from '../stored-alert.ts';
import { clock } from './state-line.ts';

/** What an alert of several is about, a line each with its own time; nothing of an alert of one. */
export function memberLines({ members = [], occurrences }: StoredAlert): string[] {
  if (members.length < 2) return [];
  const more = occurrences - members.length;
  return [
    ...members.map(({ title, since, isOver }) => `- since ${clock(since)}: ${title}${isOver ? ' (over)' : ''}`),
    ...(more > 0 ? [`- and ${more} more`] : []),
  ];
}
