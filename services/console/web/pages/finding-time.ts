import type { Finding } from '@lamplighter/contracts';

const HOUR_MS = 3_600_000;
const BEFORE_MS = HOUR_MS;
const AFTER_MS = HOUR_MS / 2;
/** As long a time as the API shows at once. */
const MOST_HOURS = 24;

/** The time around a finding, epoch milliseconds. */
export interface FindingTime {
  readonly since: number;
  /** Absent where it goes on: until now. */
  readonly until?: number;
  /** Whole hours that hold it. */
  readonly hours: number;
  /** It lasted longer: what is shown ends before it. */
  readonly isCut: boolean;
}

/** From an hour before a finding began until now, or until half an hour after it was over; a day of it at most. */
export function findingTime(
  { openedAt, resolvedAt }: Pick<Finding, 'openedAt' | 'resolvedAt'>,
  now: number,
): FindingTime {
  const since = openedAt - BEFORE_MS;
  const end = Math.min(now, resolvedAt === undefined ? now : resolvedAt + AFTER_MS);
  const until = Math.min(end, since + MOST_HOURS * HOUR_MS);
  const hours = Math.min(MOST_HOURS, Math.max(1, Math.ceil((until - since) / HOUR_MS)));
  return { since, hours, isCut: until < end, ...(until < now && { until }) };
}

/** The hour around when it began, for a function's page. */
export function hourAround({ openedAt }: Pick<Finding, 'openedAt'>, now: number): { readonly until?: number } {
  const until = openedAt + AFTER_MS;
  return until < now ? { until } : {};
}
