/**
 * How unlikely it is that the later values are so much higher than the earlier ones if nothing changed, -ln of a probability: the rank-sum test of Mann and Whitney (1947) in its normal
 * approximation, with the correction for ties. It asks nothing of how values are distributed, and few of them never prove much. 0 where they are not higher. O(n log n).
 */
export function rankSurprise(before: readonly number[], after: readonly number[]): number {
  const [n, m] = [before.length, after.length];
  if (n === 0 || m === 0) return 0;
  const { laterRanks, ties } = ranksOf(before, after);
  const all = n + m;
  const excess = laterRanks - (m * (m + 1)) / 2 - (n * m) / 2;
  const variance = ((n * m) / 12) * (all + 1 - ties / Math.max(1, all * (all - 1)));
  return excess > 0 && variance > 0 ? normalSurprise(excess / Math.sqrt(variance)) : 0;
}

/** Sum of the ranks of the later values, equal values sharing theirs, and what ties take from the variance. */
function ranksOf(before: readonly number[], after: readonly number[]): { laterRanks: number; ties: number } {
  const values = [
    ...before.map((value) => ({ value, isLater: false })),
    ...after.map((value) => ({ value, isLater: true })),
  ].sort((a, b) => a.value - b.value);
  let laterRanks = 0;
  let ties = 0;
  for (let from = 0, to: number; from < values.length; from = to) {
    to = from + 1;
    while (to < values.length && values[to]?.value === values[from]?.value) to++;
    const shared = (from + 1 + to) / 2;
    laterRanks += shared * values.slice(from, to).filter(({ isLater }) => isLater).length;
    ties += (to - from) ** 3 - (to - from);
  }
  return { laterRanks, ties };
}

/** -ln of bounds of the normal tail: half of Chernoff's, and beyond a deviation the density over the deviations (Gordon 1941). */
const normalSurprise = (deviations: number): number =>
  deviations ** 2 / 2 + Math.log(Math.max(2, deviations * Math.sqrt(2 * Math.PI)));
