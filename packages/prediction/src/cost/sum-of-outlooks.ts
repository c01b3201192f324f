import type { CostOutlook } from './cost-outlook.ts';

/**
 * What several loads cost together: the sum of what each is foreseen to cost, and a band in which their errors, taken as independent, add up in squares.
 *
 * An account is told by it, bottom-up (Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., 11.2), not by a forecast of its own minutes: its history
 * begins with its first function, so before two days are known its own run rate spreads a function of five minutes over all its hours, and one function could be
 * foreseen to cost more than its account. Sums hold at every level this way, and rows and account are one figure wherever both are shown.
 */
export function sumOfOutlooks(its: readonly CostOutlook[]): CostOutlook {
  const sum = (of: (cost: CostOutlook) => number): number => its.reduce((total, cost) => total + of(cost), 0);
  const half = (of: (cost: CostOutlook) => number): number => Math.sqrt(sum((cost) => of(cost) ** 2));
  const monthUsd = sum((cost) => cost.monthUsd);
  return {
    at: its.reduce((newest, { at }) => Math.max(newest, at), 0),
    lastHourUsd: sum((cost) => cost.lastHourUsd),
    todaySoFarUsd: sum((cost) => cost.todaySoFarUsd),
    todayUsd: sum((cost) => cost.todayUsd),
    monthSoFarUsd: sum((cost) => cost.monthSoFarUsd),
    monthUsd,
    monthLowerUsd: Math.max(0, monthUsd - half((cost) => cost.monthUsd - cost.monthLowerUsd)),
    monthUpperUsd: monthUsd + half((cost) => cost.monthUpperUsd - cost.monthUsd),
    basis: weakestBasis(its),
    knownFrom: its.reduce((first, { knownFrom }) => Math.min(first, knownFrom), Number.POSITIVE_INFINITY),
  };
}

/** A sum is known no better than its parts; one that saw nothing adds nothing. */
function weakestBasis(its: readonly CostOutlook[]): CostOutlook['basis'] {
  const bases = new Set(its.map(({ basis }) => basis));
  if (bases.has('run-rate')) return 'run-rate';
  return bases.has('forecast') ? 'forecast' : 'nothing-seen';
}
