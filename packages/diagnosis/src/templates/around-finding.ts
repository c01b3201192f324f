import type { Finding } from '@lamplighter/contracts';

const BEFORE_MS = 2 * 3_600_000;
const DAY_MS = 86_400_000;
/** As long as a finding may stay open. */
const MOST_OPEN_MS = 400 * DAY_MS;

/** The time in which a change may have to do with a finding: two hours before it opened, and as long as it was open. Epoch milliseconds. */
export function aroundFinding({ openedAt, resolvedAt }: Pick<Finding, 'openedAt' | 'resolvedAt'>): {
  readonly since: number;
  readonly until: number;
} {
  return { since: Math.max(0, openedAt - BEFORE_MS), until: resolvedAt ?? openedAt + MOST_OPEN_MS };
}
