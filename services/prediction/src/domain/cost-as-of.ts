import type { CostForecast } from '@lamplighter/contracts';
import type { WatchedLoad } from '@lamplighter/prediction';
import type { ForecastView } from './forecast-view.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** While a function is called its view is written every five minutes, and for half an hour more: an older one is of a function that has been silent since. */
const CURRENT_MS = HOUR_MS;
/** What comes by the day or the week comes again; a longer silence is taken for the end. */
const LONGEST_SILENCE_MS = 8 * DAY_MS;
const NOTHING_WATCHED: WatchedLoad = { invocations: 0, busyMinutes: 0 };

/** A view as it is to be read at a time: it was written when its function was last called, which may be days ago, or in another month (UTC). */
export function viewAsOf(view: ForecastView, now: number): ForecastView {
  const isOver = now - view.cost.at > CURRENT_MS && startOfMonth(view.cost.at) < startOfMonth(now);
  return { ...view, cost: costAsOf(view.cost, now), ...(isOver && { watched: NOTHING_WATCHED }) };
}

/**
 * What was spent in an earlier day or month is not of this one; what was foreseen goes on at its rate for the time that is left, unless the function has been
 * silent for longer than a week. The end of a month has no band for the next one: that is foreseen to be anything up to twice its rate.
 */
export function costAsOf(cost: CostForecast, now: number): CostForecast {
  if (now <= cost.at) return cost;
  const isThisMonth = startOfMonth(cost.at) === startOfMonth(now);
  const soFar = isThisMonth ? cost.monthSoFarUsd : 0;
  const rest = restPerMs(cost, now) * (endOfMonth(now) - now);
  const [lower, upper] = isThisMonth ? bandOf(cost, rest) : [0, 2 * rest];
  return {
    ...cost,
    ...today(cost, now),
    lastHourUsd: now - cost.at > CURRENT_MS ? 0 : cost.lastHourUsd,
    monthSoFarUsd: soFar,
    monthUsd: soFar + rest,
    monthLowerUsd: soFar + lower,
    monthUpperUsd: soFar + upper,
    knownFrom: isThisMonth ? cost.knownFrom : startOfMonth(now),
  };
}

/** Of the rest of the same month: what is left of the band that was foreseen. */
function bandOf({ monthSoFarUsd, monthUsd, monthLowerUsd, monthUpperUsd }: CostForecast, rest: number) {
  const foreseen = monthUsd - monthSoFarUsd;
  const scale = foreseen > 0 ? Math.min(1, rest / foreseen) : 0;
  return [
    scale * Math.max(0, monthLowerUsd - monthSoFarUsd),
    Math.max(rest, scale * (monthUpperUsd - monthSoFarUsd)),
  ] as const;
}

/** By what was foreseen of the month; on its last day, which leaves little to foresee, by that day. */
function restPerMs({ at, todayUsd, monthUsd, monthSoFarUsd }: CostForecast, now: number): number {
  if (now - at > LONGEST_SILENCE_MS) return 0;
  const left = endOfMonth(at) - at;
  return left > DAY_MS ? Math.max(0, monthUsd - monthSoFarUsd) / left : todayUsd / DAY_MS;
}

function today(cost: CostForecast, now: number) {
  const { at, todaySoFarUsd, todayUsd } = cost;
  const day = startOfDay(now);
  if (at < day) return { todaySoFarUsd: 0, todayUsd: restPerMs(cost, now) * (day + DAY_MS - now) };
  const left = (day + DAY_MS - now) / (day + DAY_MS - at);
  return { todaySoFarUsd, todayUsd: todaySoFarUsd + Math.max(0, todayUsd - todaySoFarUsd) * left };
}

const startOfDay = (time: number): number => Math.floor(time / DAY_MS) * DAY_MS;
const startOfMonth = (time: number): number => monthOf(time, 0);
const endOfMonth = (time: number): number => monthOf(time, 1);

function monthOf(time: number, after: number): number {
  const date = new Date(time);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + after, 1);
}
