import type { Look } from '../breach/breach-life.ts';
import { normalCdf } from '../breach/normal-cdf.ts';
import type { CostOutlook } from './cost-outlook.ts';

const Z_95 = 1.96;
const HOUR_MS = 3_600_000;

/** Whether a month's budget is spent before the month (UTC) is over, and when, if its cost goes on as forecast: evenly until the month's end. */
export function budgetLook(cost: CostOutlook, budgetUsd: number): Look {
  const { at, monthSoFarUsd, monthUsd, monthLowerUsd, monthUpperUsd } = cost;
  const endsAt = monthEndOf(at);
  const left = Math.max(HOUR_MS, endsAt - at);
  const spread = (monthUpperUsd - monthUsd) / Z_95;
  const probability = monthSoFarUsd >= budgetUsd ? 1 : above(monthUsd - budgetUsd, spread);
  const when = (monthEnd: number): number | undefined => {
    const share = (budgetUsd - monthSoFarUsd) / Math.max(1e-12, monthEnd - monthSoFarUsd);
    return monthEnd > budgetUsd ? Math.round(at + Math.max(0, share) * left) : undefined;
  };
  const [expectedAt, earliestAt, latestAt] = [
    when(Math.max(monthUsd, budgetUsd * 1.0001)),
    when(monthUpperUsd),
    when(monthLowerUsd),
  ];
  return {
    at,
    probability,
    // Money is not spent in minutes: what is probable is told.
    soon: probability,
    used: monthSoFarUsd / budgetUsd,
    horizonMs: left,
    ...(probability > 0 && expectedAt !== undefined && { expectedAt }),
    ...(probability > 0 && earliestAt !== undefined && { earliestAt }),
    ...(probability > 0 && latestAt !== undefined && { latestAt }),
  };
}

const above = (distance: number, spread: number): number =>
  spread > 0 ? normalCdf(distance / spread) : distance > 0 ? 1 : 0;

function monthEndOf(time: number): number {
  const date = new Date(time);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}
