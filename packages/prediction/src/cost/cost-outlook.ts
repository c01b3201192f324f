import { ensemble } from '@lamplighter/time-series';
import type { LoadState } from '../load/load-state.ts';
import { hoursOf, minutesOf } from '../load/read-load.ts';
import { HOUR_MS, sumOf } from '../load/settle.ts';

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
/** A day and a week of hours. */
const SEASONS = [24, 168];
const LEAST_HOURS = 48;
const Z_95 = 1.96;

/**
 * Cost by the hour, and how it goes on. Hours without windows cost nothing. The hours of one day are off together and days by chance: half-widths add up
 * within a day, and in squares from day to day.
 */
export function costOutlook(load: LoadState, now: number): CostOutlook {
  const hours = hoursOf(load);
  const live = minutesOf(load);
  const until = hours.start + hours.steps.length * HOUR_MS;
  const known = hours.steps.map(({ costUsd }) => costUsd);
  const partial = sumOf(live.steps.filter((_, at) => live.start + at * 60_000 >= until)).costUsd;
  const silent = load.newest === undefined ? 0 : Math.max(0, Math.floor((now - until) / HOUR_MS));
  const values = [...known, ...(silent > 0 ? [partial, ...Array<number>(silent - 1).fill(0)] : [])].slice(-1_008);
  const open = silent > 0 ? 0 : partial;
  const at = load.newest === undefined ? now : until + silent * HOUR_MS;
  const since = (from: number): number =>
    open + values.reduce((sum, value, back) => (at - (values.length - back) * HOUR_MS >= from ? sum + value : sum), 0);
  const [day, month] = [Math.floor(now / DAY_MS) * DAY_MS, monthOf(now, 0)];
  const liveHours = (live.start + live.steps.length * 60_000 - Math.max(until, live.start)) / HOUR_MS;
  // Before the first whole hour, its minutes stand for it.
  const seen = values.length === 0 && liveHours > 0 ? [open / liveHours] : values;
  const ahead = hoursAhead(seen, Math.max(1, Math.round((monthOf(now, 1) - at) / HOUR_MS)));
  const restOfDay = Math.max(0, Math.round((day + DAY_MS - at) / HOUR_MS));
  const [todaySoFarUsd, monthSoFarUsd] = [since(day), since(month)];
  const rest = Math.max(0, sum(ahead.mean) - open);
  const half = Math.sqrt(sum(inDays(ahead.half).map((one) => sum(one) ** 2)));
  return {
    at: now,
    lastHourUsd: known.at(-1) ?? 0,
    todaySoFarUsd,
    todayUsd: todaySoFarUsd + Math.max(0, sum(ahead.mean.slice(0, restOfDay)) - open),
    monthSoFarUsd,
    monthUsd: monthSoFarUsd + rest,
    monthLowerUsd: Math.max(monthSoFarUsd, monthSoFarUsd + rest - half),
    monthUpperUsd: monthSoFarUsd + rest + half,
    basis: ahead.basis,
    knownFrom: Math.max(month, Math.min(hours.steps.length > 0 ? hours.start : live.start, at)),
  };
}

interface Ahead {
  readonly mean: readonly number[];
  readonly half: readonly number[];
  readonly basis: CostOutlook['basis'];
}

function hoursAhead(values: readonly number[], count: number): Ahead {
  const steps = Array<number>(count).fill(0);
  if (values.length === 0) return { mean: steps, half: steps, basis: 'nothing-seen' };
  if (values.length < LEAST_HOURS) {
    const mean = sum(values) / values.length;
    const spread = Math.sqrt(sum(values.map((value) => (value - mean) ** 2)) / values.length);
    return { mean: steps.map(() => mean), half: steps.map(() => Z_95 * spread), basis: 'run-rate' };
  }
  const model = ensemble.fit(values, { seasonLengths: SEASONS, horizon: 24, isCount: true });
  const { mean, intervals } = ensemble.predict(model, count, [95]);
  // Beyond a day the width of a day stands for each: the sums grow with the root of the days by themselves.
  const width = (step: number): number => (intervals[0]!.upper[step % 24]! - intervals[0]!.lower[step % 24]!) / 2;
  return {
    mean: mean.map((value) => Math.max(0, value)),
    half: steps.map((_, step) => width(step)),
    basis: 'forecast',
  };
}

const inDays = (values: readonly number[]): (readonly number[])[] =>
  Array.from({ length: Math.ceil(values.length / 24) }, (_, at) => values.slice(24 * at, 24 * at + 24));

/** Start of the month of a time, or of one after it (UTC). */
function monthOf(time: number, after: number): number {
  const date = new Date(time);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + after, 1);
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
