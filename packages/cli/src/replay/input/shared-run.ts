import type { ReplayEvent } from './replay-source.ts';

/** Ends one invocation and no other: two of them are copies of one event. */
const END_OF_INVOCATION = /^(?:END|REPORT) RequestId: |"type"\s*:\s*"platform\.(?:report|end|runtimeDone)"/;

/** Whether an event tells which invocation it ended. */
export const endsInvocation = ({ message }: ReplayEvent): boolean => END_OF_INVOCATION.test(message);

/** What two copies of one event have in common: exports drop the line end that other inputs keep. */
export const textOf = ({ message }: ReplayEvent): string => message.trimEnd();

/**
 * The events without those that `earlier` has because both are copies of one text: all of them, their beginning, their end, or a part that is all of
 * `earlier`. Judged by the messages in their order, for a copy may know no times; and only where an invocation ends in what they share, since what an
 * application prints may well be printed again. Linear: Knuth, Morris & Pratt, SIAM Journal on Computing 6 (1977).
 */
export function withoutSharedRun(earlier: readonly ReplayEvent[], events: readonly ReplayEvent[]): ReplayEvent[] {
  const [before, now] = [earlier.map(textOf), events.map(textOf)];
  const beginning = lastOverlap(now, before).length;
  if (events.slice(0, beginning).some(endsInvocation)) return events.slice(beginning);
  const { length, end } = lastOverlap(before, now);
  if (events.slice(end - length, end).some(endsInvocation)) return events.toSpliced(end - length, length);
  return [...events];
}

/** How much of the beginning of `sought` stands in `within`, and where it ends there: all of it anywhere, else as much as `within` ends with. */
function lastOverlap(
  sought: readonly string[],
  within: readonly string[],
): { readonly length: number; readonly end: number } {
  const borders = bordersOf(sought);
  let length = 0;
  for (const [at, message] of within.entries()) {
    while (length > 0 && sought[length] !== message) length = borders[length - 1]!;
    if (sought[length] === message) length++;
    if (length === sought.length) return { length, end: at + 1 };
  }
  return { length, end: within.length };
}

/** For each beginning of a list, the length of the longest shorter one that it also ends with. */
function bordersOf(messages: readonly string[]): readonly number[] {
  const borders = [0];
  for (let at = 1; at < messages.length; at++) {
    let length = borders[at - 1]!;
    while (length > 0 && messages[length] !== messages[at]) length = borders[length - 1]!;
    borders.push(messages[length] === messages[at] ? length + 1 : length);
  }
  return borders;
}
