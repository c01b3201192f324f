import type { Look } from '../breach/breach-life.ts';
import { normalCdf } from '../breach/normal-cdf.ts';
import type { CostOutlook } from './cost-outlook.ts';

const Z_95 = 1.96;
const HOUR_MS = 3_600_000;
/** A shorter time than a day has not seen the course of one: its rate times a month may be a burst times a month. */
const LEAST_KNOWN_MS = 24 * HOUR_MS;

/**
 * Whether a month's budget is spent before the month (UTC) is over, and when, if its cost goes on as forecast: evenly until the month's end. Before a day is
 * known only what is spent already is told.
 */
export function budgetLook(cost: CostOutlook, budgetUsd: number): Look {
  const { at, monthSoFarUsd, monthUsd, monthLowerUsd, monthUpperUsd } = cost;
  const endsAt = monthEndOf(at);
  const left = Math.max(HOUR_MS, endsAt - at);
  const spread = (monthUpperUsd - monthUsd) / Z_95;
  const isTooEarly = cost.basis === 'run-rate' && at - cost.knownFrom < LEAST_KNOWN_MS;
  const ahead = isTooEarly ? 0 : above(monthUsd - budgetUsd, spread);
  const probability = monthSoFarUsd >= budgetUsd ? 1 : ahead;
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
