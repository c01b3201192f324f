import type { WaterfallRow } from './waterfall.ts';

/** The rows to show where there is room for so many, in their order: what the report tells, what failed, then what took most of the request's time, and whatever these hang below. O(n log n). */
export function longestRows(rows: readonly WaterfallRow[], most: number): readonly WaterfallRow[] {
  if (rows.length <= most) return rows;
  const ranks = rows.map(rankOf);
  // A row is worth what is worth most below it: so it is chosen before what hangs below it.
  const deepest: number[] = [];
  for (let at = rows.length - 1; at >= 0; at -= 1) {
    const { depth } = rows[at]!;
    const rank = Math.max(ranks[at]!, deepest[depth + 1] ?? 0);
    ranks[at] = rank;
    deepest.length = Math.min(deepest.length, depth + 1);
    deepest[depth] = Math.max(deepest[depth] ?? 0, rank);
  }
  const chosen = ranks
    .map((rank, at) => ({ rank, at }))
    .sort((a, b) => b.rank - a.rank || a.at - b.at)
    .slice(0, most);
  return chosen.sort((a, b) => a.at - b.at).map(({ at }) => rows[at]!);
}

/** More than all of the time. */
const FAILED = 1_000;

function rankOf({ calls, failures, bars }: WaterfallRow): number {
  if (calls === 0) return Number.POSITIVE_INFINITY;
  const sharePct = bars.reduce((sum, { widthPct }) => sum + widthPct, 0);
  return failures > 0 ? FAILED + sharePct : sharePct;
}
