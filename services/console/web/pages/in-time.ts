import type { FindingItem, RemediationItem } from '../../src/domain/list-items.ts';

interface Time {
  readonly since: number;
  readonly until: number;
}

/** Findings that were open within a time. */
export const findingsIn = <Item extends Pick<FindingItem, 'openedAt' | 'resolvedAt'>>(
  findings: readonly Item[],
  { since, until }: Time,
): Item[] => findings.filter(({ openedAt, resolvedAt = until }) => openedAt <= until && resolvedAt >= since);

/** Repairs that were planned, made or ended within a time. */
export const repairsIn = <Item extends Pick<RemediationItem, 'plannedAt' | 'appliedAt' | 'endedAt'>>(
  repairs: readonly Item[],
  { since, until }: Time,
): Item[] =>
  repairs.filter(({ plannedAt, appliedAt = plannedAt, endedAt = appliedAt }) =>
    [plannedAt, appliedAt, endedAt].some((at) => at >= since && at <= until),
  );
