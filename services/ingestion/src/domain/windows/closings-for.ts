import { inParts } from '../parts.ts';
import type { Owner } from '../stored-attempt.ts';
import type { ClosingPolicy, DelayedClosing } from './closing.ts';
import { type ClosingTime, closingTime } from './closing-time.ts';

/** As many minutes as one message closes: an hour of a function. */
const MINUTES_PER_CLOSING = 60;

/** The messages that close minutes which changed now, those that are due together in one. */
export function closingsFor(
  owner: Required<Owner>,
  minutes: readonly number[],
  now: number,
  policy: ClosingPolicy,
): { readonly closings: readonly DelayedClosing[]; readonly times: ReadonlyMap<number, ClosingTime> } {
  const ascending = [...new Set(minutes)].sort((a, b) => a - b);
  const times = new Map(ascending.map((minute) => [minute, closingTime(minute, now, policy)]));
  const byDelay = Map.groupBy(ascending, (minute) => times.get(minute)!.delaySeconds);
  const closings = [...byDelay].flatMap(([delaySeconds, group]) =>
    inParts(group, MINUTES_PER_CLOSING).map((part) => ({ closing: { owner, minutes: part }, delaySeconds })),
  );
  return { closings, times };
}
