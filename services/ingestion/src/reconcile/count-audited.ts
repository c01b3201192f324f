import type { WatchedFunction } from '@lamplighter/contracts';
import { type Counts, MINUTE_MS } from '../domain/completeness.ts';
import { isWhole, timeOf } from '../domain/stored-attempt.ts';
import type { TimeRange } from '../domain/time-range.ts';
import type { AuditReaderPort } from '../ports.ts';

/** How many attempts of a function the audit has from beginning to end, by minute of their start. */
export async function countAudited(
  watched: WatchedFunction,
  range: TimeRange,
  audit: Pick<AuditReaderPort, 'byFunction' | 'retried'>,
): Promise<Counts> {
  const { functionName, accountId, region } = watched;
  const asked = { owner: { functionName, accountId, region }, range };
  const [first, retried] = await Promise.all([audit.byFunction(asked), audit.retried(asked)]);
  const counts = new Map<number, number>();
  for (const item of new Map([...first, ...retried].map((one) => [one.pk, one])).values()) {
    for (const attempt of item.attempts) {
      const at = timeOf(attempt);
      if (at < range.from || at > range.to || !isWhole(attempt)) continue;
      const minute = Math.floor(at / MINUTE_MS) * MINUTE_MS;
      counts.set(minute, (counts.get(minute) ?? 0) + 1);
    }
  }
  return counts;
}
