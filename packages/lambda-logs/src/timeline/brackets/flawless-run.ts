import type { LogFormat } from '../../records/log-record.ts';
import type { Bracket } from './bracket.ts';
import { isTooLate } from './bracket-cost.ts';
import type { LifecycleMark } from './invocation-span.ts';
import { NEIGHBOURHOOD_MS } from './neighbourhood.ts';

/**
 * What nearly every stream begins with, START END REPORT of one request after another. No bracket reaches from there into the rest when
 * their requests differ, and none can cost less than nothing, so only the rest needs the search. Closings before the first START are
 * orphans in every bracketing.
 */
export function flawlessRun(
  marks: readonly LifecycleMark[],
  format: LogFormat,
): { readonly from: number; readonly to: number; readonly brackets: Bracket[] } | undefined {
  const size = format === 'text' ? 3 : 2;
  let from = 0;
  while (from < marks.length && marks[from]?.kind !== 'start') from++;
  let to = from;
  const brackets: Bracket[] = [];
  const requestIds = new Set<string>();
  for (; to + size <= marks.length && isFlawless(marks, to, size); to += size) {
    const close = to + size - 1;
    requestIds.add((marks[to] as LifecycleMark).requestId);
    brackets.push(size === 3 ? { open: to, end: close - 1, close } : { open: to, close });
  }
  if (requestIds.size !== brackets.length) return undefined;
  for (let index = to; index < marks.length; index++) {
    if (requestIds.has((marks[index] as LifecycleMark).requestId)) return undefined;
  }
  return { from, to, brackets };
}

function isFlawless(marks: readonly LifecycleMark[], open: number, size: number): boolean {
  const start = marks[open] as LifecycleMark;
  const report = marks[open + size - 1] as LifecycleMark;
  if (start.kind !== 'start' || report.kind !== 'report' || start.requestId !== report.requestId) return false;
  const elapsedMs = report.timestamp - start.timestamp;
  if (elapsedMs > NEIGHBOURHOOD_MS || isTooLate(report, elapsedMs)) return false;
  const end = marks[open + 1] as LifecycleMark;
  return size === 2 || (end.kind === 'end' && end.requestId === start.requestId);
}
