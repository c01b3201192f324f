import type { FunctionWindow, WatchedFunction } from '@lamplighter/contracts';
import type { AuditSource } from '../audit/source/audit-source.ts';

export interface TimeRange {
  readonly since: number;
  readonly until: number;
}

/** An answer of a function is at most 6 MB: a minute's figures are 1 to 3 KB. */
const PAGE_MS = 6 * 3_600_000;
/** Everything that a replay holds is one page: its answer has no limit. */
const ALL_TIME_MS = 10 * 365 * 86_400_000;

/** The minutes of a function in a range, oldest first. */
export async function readWindows(
  source: AuditSource,
  { functionName, accountId, region }: WatchedFunction,
  range: TimeRange,
): Promise<FunctionWindow[]> {
  const windows: FunctionWindow[] = [];
  const pageMs = range.until - range.since > ALL_TIME_MS ? range.until - range.since : PAGE_MS;
  for (let since = range.since; since < range.until; since += pageMs) {
    const until = Math.min(range.until, since + pageMs);
    const answer = await source.ask({ kind: 'windows', functionName, accountId, region, since, until });
    if (answer.kind !== 'windows') throw new Error(`${source.name} did not answer windows: it answered ${answer.kind}`);
    windows.push(...answer.windows);
  }
  return windows;
}
