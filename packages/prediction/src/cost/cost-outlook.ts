import type { LoadState } from '../load/load-state.ts';
import { MINUTE_MS } from '../load/minute-load.ts';
import { firstSeen, hoursOf, minutesOf } from '../load/read-load.ts';
import { HOUR_MS, sumOf } from '../load/settle.ts';
import { hoursAhead } from './hours-ahead.ts';

/** What a load costs, USD: so far, and until the day and the month (UTC) are over. */
export interface CostOutlook {
  /** Until when it is known, epoch milliseconds. */
  readonly at: number;
  /** Of the last whole hour. */
  readonly lastHourUsd: number;
  readonly todaySoFarUsd: number;
  readonly todayUsd: number;
  readonly monthSoFarUsd: number;
  readonly monthUsd: number;
  /** 95 %, of the month. */
  readonly monthLowerUsd: number;
  readonly monthUpperUsd: number;
  /** `forecast` from two days of history; before, the mean of the hours seen goes on. */
  readonly basis: 'forecast' | 'run-rate' | 'nothing-seen';
  /** The first hour that is known of this month: what was before is not in the sums. */
  readonly knownFrom: number;
}

const DAY_MS = 24 * HOUR_MS;

/** Cost by the hour, and how it goes on. Hours without windows cost nothing. */
export function costOutlook(load: LoadState, now: number): CostOutlook {
  const hours = hoursOf(load);
  const live = minutesOf(load);
  const until = hours.start + hours.steps.length * HOUR_MS;
  const known = hours.steps.map(({ costUsd }) => costUsd);
  const partial = sumOf(live.steps.filter((_, at) => live.start + at * MINUTE_MS >= until)).costUsd;
  const silent = load.newest === undefined ? 0 : Math.max(0, Math.floor((now - until) / HOUR_MS));
  const values = [...known, ...(silent > 0 ? [partial, ...Array<number>(silent - 1).fill(0)] : [])].slice(-1_008);
  const open = silent > 0 ? 0 : partial;
  const at = load.newest === undefined ? now : until + silent * HOUR_MS;
  const since = (from: number): number =>
    open + values.reduce((sum, value, back) => (at - (values.length - back) * HOUR_MS >= from ? sum + value : sum), 0);
  const [day, month] = [Math.floor(now / DAY_MS) * DAY_MS, monthOf(now, 0)];
  const seenUntil = silent > 0 ? at : live.start + live.steps.length * MINUTE_MS;
  const seenFrom = firstSeen(load) ?? seenUntil;
  const seen = { usd: sum(values) + open, hours: (seenUntil - seenFrom) / HOUR_MS };
  const ahead = hoursAhead(values, Math.max(1, Math.round((monthOf(now, 1) - at) / HOUR_MS)), seen);
  const restOfDay = Math.max(0, Math.round((day + DAY_MS - at) / HOUR_MS));
  const [todaySoFarUsd, monthSoFarUsd] = [since(day), since(month)];
  const rest = Math.max(0, sum(ahead.usd) - open);
  return {
    at: now,
    lastHourUsd: known.at(-1) ?? 0,
    todaySoFarUsd,
    todayUsd: todaySoFarUsd + Math.max(0, sum(ahead.usd.slice(0, restOfDay)) - open),
    monthSoFarUsd,
    monthUsd: monthSoFarUsd + rest,
    monthLowerUsd: Math.max(monthSoFarUsd, monthSoFarUsd + rest - ahead.half),
    monthUpperUsd: monthSoFarUsd + rest + ahead.half,
    basis: ahead.basis,
    knownFrom: Math.max(month, seenFrom),
  };
}

/** Start of the month of a time, or of one after it (UTC). */
function monthOf(time: number, after: number): number {
  const date = new Date(time);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + after, 1);
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
