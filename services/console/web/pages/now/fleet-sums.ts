import type { Fleet, FleetRow } from '../../../src/api/get-fleet.ts';

/** What the rows of a look at the functions come to. */
export interface FleetSums {
  readonly calls: number;
  readonly failures: number;
  readonly coldStarts: number;
  readonly costUsd: number;
  /** Functions that the audit told nothing of: in none of the sums. */
  readonly untold: number;
  /** Absent where of none a share is known. */
  readonly leastAudited?: FleetRow;
  /** Those whose log groups may not be read. */
  readonly unreadable: readonly FleetRow[];
}

export function fleetSums(rows: readonly FleetRow[]): FleetSums {
  const sum = (figure: (row: FleetRow) => number | null): number =>
    rows.reduce((total, row) => total + (figure(row) ?? 0), 0);
  const [leastAudited] = rows
    .filter(({ completenessPct }) => completenessPct !== null)
    .sort((a, b) => (a.completenessPct ?? 0) - (b.completenessPct ?? 0));
  return {
    calls: sum(({ invocations }) => invocations),
    failures: sum(({ failures }) => failures),
    coldStarts: sum(({ coldStarts }) => coldStarts),
    costUsd: sum(({ costUsd }) => costUsd),
    untold: rows.filter(({ invocations }) => invocations === null).length,
    ...(leastAudited && { leastAudited }),
    unreadable: rows.filter(({ isUnreadable }) => isUnreadable),
  };
}

/**
 * What the functions cost in the last hour, USD, and whether that is all of them or the rows alone. A whole that is less than its part is stale: the
 * rows are told by the audit, the whole by forecasts, which come later and stop where nobody writes them.
 */
export function costOfHour({ rows, lastHourUsd }: Pick<Fleet, 'rows' | 'lastHourUsd'>): {
  readonly usd: number;
  readonly isOfAll: boolean;
} {
  const { costUsd } = fleetSums(rows);
  const isOfAll = lastHourUsd !== null && lastHourUsd >= costUsd;
  return { usd: isOfAll ? lastHourUsd : costUsd, isOfAll };
}

const MOST = 3;

/** Those that failed most often, the worst first. */
export const failMost = (rows: readonly FleetRow[]): FleetRow[] =>
  rows
    .filter(({ failures }) => failures !== null && failures > 0)
    .sort((a, b) => (b.failures ?? 0) - (a.failures ?? 0))
    .slice(0, MOST);
