import type { CompletenessHour } from '@lamplighter/contracts';
import { completenessHour, HOUR_MS, startOfHour, totalOf } from '../domain/completeness.ts';
import type { Owner } from '../domain/stored-attempt.ts';
import type { TimeRange } from '../domain/time-range.ts';
import { countAudited } from '../reconcile/count-audited.ts';
import type { QueryDeps } from './answer-query.ts';

/** Hours that the ledger has not closed yet are compared on the spot, at most this many back. */
const LIVE_HOURS = 3;

/**
 * A function's completeness by hour: what the ledger recorded, and, for the running hour and those that the ledger has not looked at yet,
 * the comparison made now, so that a broken subscription shows before the hour ends.
 */
export async function completenessOf(
  owner: Required<Owner>,
  range: TimeRange,
  deps: Pick<QueryDeps, 'audit' | 'ledger' | 'invocations' | 'now'>,
): Promise<CompletenessHour[]> {
  const { accountId, region, functionName } = owner;
  const watched = { accountId, region, functionName, logGroup: '' };
  const now = deps.now();
  const past = { from: range.from, to: Math.min(range.to, now) };
  // Replayed logs may lie ahead of the clock: the ledger knows nothing of hours that have not come.
  const recorded = past.from > past.to ? [] : await deps.ledger.hours(watched, past);
  const known = new Set(recorded.map((hour) => hour.hour));
  const live = Array.from({ length: LIVE_HOURS }, (_, back) => startOfHour(now) - back * HOUR_MS).filter(
    (hour) => !known.has(hour) && hour >= startOfHour(range.from) && hour <= range.to,
  );
  const measured = await Promise.all(
    live.map(async (hour) => {
      const hourRange = { from: hour, to: hour + HOUR_MS - 1 };
      const invoked = await deps.invocations([functionName], { from: hour, to: hour + HOUR_MS }, HOUR_MS / 1000);
      const audited = await countAudited(watched, hourRange, deps.audit);
      return completenessHour(hour, totalOf(invoked.get(functionName) ?? new Map()), totalOf(audited));
    }),
  );
  const told = recorded.map(({ backfillFrom: _underWay, ...hour }) => hour);
  return [...told, ...measured.filter((hour) => hour.invoked > 0 || hour.audited > 0)].sort((a, b) => a.hour - b.hour);
}
