import type { WatchedFunction } from '@lamplighter/contracts';
import type { Counts } from '../domain/completeness.ts';
import type { InvocationItem } from '../domain/invocation-item.ts';
import { slicesOf } from '../domain/slices-of.ts';
import type { TimeRange } from '../domain/time-range.ts';
import { byMinute, wholeAt } from '../domain/windows/windows-of.ts';
import type { AuditReaderPort } from '../ports.ts';
import { RETRY_REACH_MS } from '../windows/read-invocations.ts';

/** Invocations that are read at once: of 1 to 3 KB each in memory. */
const MOST_AT_ONCE = 20_000;

/**
 * How many attempts of a function the audit has from beginning to end, by minute of their start, within a range of whole minutes. `invoked`
 * tells how many to expect: a busy hour is read in parts.
 */
export async function countAudited(
  watched: WatchedFunction,
  range: TimeRange,
  { invoked, audit }: { readonly invoked: Counts; readonly audit: Pick<AuditReaderPort, 'byFunction' | 'retried'> },
): Promise<Counts> {
  const { functionName, accountId, region } = watched;
  const owner = { functionName, accountId, region };
  const counts = new Map<number, number>();
  const add = (items: readonly InvocationItem[]) => {
    const minutes = byMinute(functionName, items);
    for (const minute of minutes.keys())
      if (minute >= range.from && minute <= range.to)
        counts.set(minute, (counts.get(minute) ?? 0) + wholeAt(minutes, minute));
  };
  const retried = await audit.retried({ owner, range: { from: range.from, to: range.to + RETRY_REACH_MS } });
  const isRetried = new Set(retried.map(({ pk }) => pk));
  add(retried);
  for (const slice of slicesOf(range, invoked, MOST_AT_ONCE))
    add((await audit.byFunction({ owner, range: slice })).filter(({ pk }) => !isRetried.has(pk)));
  return counts;
}
