import { WINDOW_MS } from './minute.ts';
import type { ClosedWindow } from './window-record.ts';

/** A span of time, epoch milliseconds, without its end. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/**
 * Invocations that are read anew rather than asked around: a question to the audit costs sixteen queries (eight shards of two indexes), and
 * an invocation has some 0.7 KB.
 */
export const CHEAP_INVOCATIONS = 100;

/**
 * What of a span no window (ascending) covers, ascending. Two parts between which fewer than `cheapInvocations` ran are one: of windows that
 * lie inside of a part, nothing is needed.
 */
export function unclosedRanges(
  span: Span,
  windows: readonly ClosedWindow[],
  cheapInvocations: number,
): readonly Span[] {
  const ranges: Span[] = [];
  let covered = span.from;
  let between = 0;
  const open = (until: number): void => {
    const last = ranges.at(-1);
    if (last !== undefined && between < cheapInvocations) ranges[ranges.length - 1] = { from: last.from, until };
    else ranges.push({ from: covered, until });
    between = 0;
  };
  for (const { figures } of windows) {
    const { start, invocations } = figures;
    if (start > covered) open(start);
    between += invocations;
    covered = start + WINDOW_MS;
  }
  if (covered < span.until) open(span.until);
  return ranges;
}
