import type { CalleesOf } from '../graph/call-order.ts';

/**
 * What of a node's excess none of its callees can explain, a period each: its excess - the excesses of what it calls, at least 0.
 * Who shares a callee with others is given the callee's whole excess as an excuse: the calls of each pair are not known.
 */
export function ownExcess(
  id: string,
  callees: CalleesOf,
  amountsOf: (id: string) => readonly number[],
): readonly number[] {
  const explained = (callees.get(id) ?? []).map(amountsOf);
  return amountsOf(id).map((amount, period) =>
    Math.max(0, amount - explained.reduce((sum, amounts) => sum + (amounts[period] ?? 0), 0)),
  );
}

/** Periods by how much the target suffers in them; all the same where it does not, or not measurably. Sums to 1. */
export function weighPeriods(targetAmounts: readonly number[]): readonly number[] {
  const most = Math.max(...targetAmounts, 0);
  if (most === 0) return targetAmounts.map(() => 1 / targetAmounts.length);
  const scaled = targetAmounts.map((amount) => amount / most);
  const total = scaled.reduce((sum, amount) => sum + amount, 0);
  return scaled.map((amount) => amount / total);
}

export function weightedMean(values: readonly number[], weights: readonly number[]): number {
  return values.reduce((sum, value, index) => sum + value * (weights[index] ?? 0), 0);
}

/** Three usual deviations are worth half. */
const HALF_CONFIDENCE_DEVIATIONS = 3;

/** How far a move of so many usual deviations is to be believed: 0 to 1. */
export function confidence(deviations: number): number {
  const ratio = deviations / HALF_CONFIDENCE_DEVIATIONS;
  return ratio > 1e6 ? 1 : ratio ** 2 / (1 + ratio ** 2);
}

/** Amounts as shares of their sum; all 0 where the sum is. */
export function toShares(amounts: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const most = Math.max(0, ...amounts.values());
  if (most === 0) return amounts;
  const total = [...amounts.values()].reduce((sum, amount) => sum + amount / most, 0);
  return new Map([...amounts].map(([id, amount]) => [id, amount / most / total]));
}
