import { ensemble } from '@lamplighter/time-series';
import { dayLevelOf } from './day-level.ts';

/** Cost of the coming hours. */
export interface HoursAhead {
  readonly usd: readonly number[];
  /** Half of the 95 % band of their sum. */
  readonly half: number;
  readonly basis: 'forecast' | 'run-rate' | 'nothing-seen';
}

const DAY = 24;
/** A day and a week of hours. */
const SEASONS = [DAY, 7 * DAY];
const LEAST_HOURS = 48;
const Z_95 = 1.96;
/** Student's t at 97.5 %, by degrees of freedom: what two days say of the third is little. */
const T_975 = [12.71, 4.3, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23];

/** What was spent in what time, open hours with it: before two days are known every minute counts. */
export interface Seen {
  readonly usd: number;
  readonly hours: number;
}

/**
 * How cost by the hour goes on.
 *
 * A sum is forecast by means. The forecasters are chosen by their absolute errors, so theirs are medians, which leave out what is spent in few hours: they give
 * no more than the course of the day and the week, around the mean of the newest days.
 */
export function hoursAhead(hours: readonly number[], count: number, seen: Seen): HoursAhead {
  if (hours.length >= LEAST_HOURS) return forecast(hours, count);
  if (seen.hours > 0) return runRate(hours, count, seen.usd / seen.hours);
  return { usd: Array<number>(count).fill(0), half: 0, basis: 'nothing-seen' };
}

/** The hours of one day are off together, days by chance; the first hour is none that is whole. What is known of less than two days may as well end at once, or double. */
function runRate(hours: readonly number[], count: number, rate: number): HoursAhead {
  const whole = hours.slice(1);
  const spread = Math.sqrt(sum(whole.map((usd) => (usd - rate) ** 2)) / Math.max(1, whole.length));
  const half = Math.max(rate * count, Z_95 * spread * Math.sqrt(DAY * count));
  return { usd: Array<number>(count).fill(rate), half, basis: 'run-rate' };
}

function forecast(hours: readonly number[], count: number): HoursAhead {
  const model = ensemble.fit(hours, { seasonLengths: SEASONS, horizon: DAY, isCount: true });
  const weeks = Math.ceil(count / (7 * DAY));
  const course = ensemble.predict(model, weeks * 7 * DAY, []).mean.map((usd) => Math.max(0, usd));
  const level = dayLevelOf(daysOf(hours));
  const ofCourse = sum(course) / (7 * weeks);
  // What the course leaves out comes at any hour.
  const missing = Math.max(0, level.mean - ofCourse) / DAY;
  const share = Math.min(1, level.mean / ofCourse);
  const days = count / DAY;
  // Of the days to come, of the mean that they are held to be around, and of a mean that moves on from the middle of its days as it has moved: a random walk, summed.
  const ofDays = level.sd ** 2 * (days + days ** 2 / level.days);
  const ofDrift = (level.drift ** 2 * days ** 2 * (days + level.days)) / (3 * 7);
  const spread = Math.sqrt(ofDays + ofDrift);
  const half = (T_975[level.days - 2] ?? Z_95 + 2.7 / level.days) * spread;
  return { usd: course.slice(0, count).map((usd) => (usd === 0 ? 0 : usd * share) + missing), half, basis: 'forecast' };
}

/** Whole days, counted back from the newest hour. */
function daysOf(hours: readonly number[]): number[] {
  const count = Math.floor(hours.length / DAY);
  const first = hours.length - count * DAY;
  return Array.from({ length: count }, (_, day) => sum(hours.slice(first + day * DAY, first + (day + 1) * DAY)));
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
