import type { CompletenessHour } from '@lamplighter/contracts';
import { completenessHour, HOUR_MS, startOfHour } from '../domain/completeness.ts';
import type { Owner } from '../domain/stored-attempt.ts';
import type { TimeRange } from '../domain/time-range.ts';
import { auditedInvocations } from '../windows/audited-invocations.ts';
import type { QueryDeps } from './answer-query.ts';

/** Hours that the ledger has not closed yet are compared on the spot, at most this many back. */
const LIVE_HOURS = 3;

type CompletenessDeps = Pick<QueryDeps, 'audit' | 'ledger' | 'windows' | 'invocations' | 'now'>;

/**
 * A function's completeness by hour: what the ledger recorded, and, for the running hour and those that the ledger has not looked at yet,
 * the comparison made now, so that a broken subscription shows before the hour ends.
 */
export async function completenessOf(
  owner: Required<Owner>,
  range: TimeRange,
  deps: CompletenessDeps,
): Promise<CompletenessHour[]> {
  const now = deps.now();
  const recorded = await recordedCompleteness(owner, range, deps);
  const known = new Set(recorded.map((hour) => hour.hour));
  const live = Array.from({ length: LIVE_HOURS }, (_, back) => startOfHour(now) - back * HOUR_MS).filter(
    (hour) => !known.has(hour) && hour >= startOfHour(range.from) && hour <= range.to,
  );
  const measured = live.length === 0 ? [] : await compareNow(owner, live, deps);
  return [...recorded, ...measured.filter((hour) => hour.invoked > 0 || hour.audited > 0)].sort(
    (a, b) => a.hour - b.hour,
  );
}

/** What the ledger recorded of hours: those in which nothing was invoked are none of them. */
export async function recordedCompleteness(
  owner: Required<Owner>,
  range: TimeRange,
  { ledger, now }: Pick<QueryDeps, 'ledger' | 'now'>,
): Promise<CompletenessHour[]> {
  // Replayed logs may lie ahead of the clock: the ledger knows nothing of hours that have not come.
  const past = { from: range.from, to: Math.min(range.to, now()) };
  const hours = past.from > past.to ? [] : await ledger.hours({ ...owner, logGroup: '' }, past);
  return hours.map(({ backfillFrom: _underWay, fruitless: _tried, ...hour }) => hour);
}

/** Hours as they compare now. CloudWatch is asked once for all: it is paid by the metric. */
async function compareNow(
  owner: Required<Owner>,
  hours: readonly number[],
  deps: CompletenessDeps,
): Promise<CompletenessHour[]> {
  const { functionName } = owner;
  const range = { from: Math.min(...hours), to: Math.max(...hours) + HOUR_MS };
  const [invoked, ...audited] = await Promise.all([
    deps.invocations([functionName], range, HOUR_MS / 1000),
    ...hours.map((hour) => auditedInvocations(owner, { from: hour, until: hour + HOUR_MS }, deps)),
  ]);
  const counts = invoked.get(functionName);
  return hours.map((hour, index) => completenessHour(hour, counts?.get(hour) ?? 0, audited[index]!));
}
