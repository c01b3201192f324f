import type { WatchedFunction } from '@lamplighter/contracts';
import type { Counts } from '../domain/completeness.ts';
import type { InvocationItem } from '../domain/invocation-item.ts';
import { slicesOf } from '../domain/slices-of.ts';
import type { TimeRange } from '../domain/time-range.ts';
import { byMinute, wholeAt } from '../domain/windows/windows-of.ts';
import type { AuditReaderPort } from '../ports.ts';

/** Invocations that are read at once: of 1 to 3 KB each in memory. */
const MOST_AT_ONCE = 20_000;
/**
 * How far behind a range the last attempt of a request may lie of which another, that is neither its first nor its last, lies within: Lambda
 * tries an asynchronous request again after one minute and after two, later only while it is throttled.
 */
const RETRIED_MS = 3_600_000;
const RETRIED_AT_ONCE_MS = 900_000;

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
  const retried = new Set<string>();
  const add = (found: readonly InvocationItem[]) => {
    const items = found.filter(({ pk }) => !retried.has(pk));
    for (const { pk, attempts } of items) if (attempts.length > 1) retried.add(pk);
    const minutes = byMinute(functionName, items);
    for (const minute of minutes.keys())
      if (minute >= range.from && minute <= range.to)
        counts.set(minute, (counts.get(minute) ?? 0) + wholeAt(minutes, minute));
  };
  for (const slice of slicesOf(range, invoked, MOST_AT_ONCE)) {
    add(await audit.byFunction({ owner, range: slice }));
    add(await audit.retried({ owner, range: slice }));
  }
  for (let from = range.to + 1; from <= range.to + RETRIED_MS; from += RETRIED_AT_ONCE_MS)
    add(await audit.retried({ owner, range: { from, to: from + RETRIED_AT_ONCE_MS - 1 } }));
  return counts;
}
