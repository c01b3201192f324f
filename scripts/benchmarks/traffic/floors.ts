import { DAY } from './traffic-series.ts';

/** Forecasts from the points before `origin`. */
export type Floor = (values: readonly number[], origin: number, horizon: number) => number[];

const HOUR = 12;

/** The four simple forecasts that ours is held against. */
export const FLOORS: Readonly<Record<'naive' | 'lastHour' | 'yesterday' | 'yesterdayScaled', Floor>> = {
  naive: (values, origin, horizon) => Array<number>(horizon).fill(values[origin - 1]!),
  lastHour: (values, origin, horizon) => Array<number>(horizon).fill(sum(values.slice(origin - HOUR, origin)) / HOUR),
  yesterday: (values, origin, horizon) => values.slice(origin - DAY, origin - DAY + horizon),
  yesterdayScaled: (values, origin, horizon) => {
    const before = sum(values.slice(origin - DAY - HOUR, origin - DAY));
    const ratio = before > 0 ? sum(values.slice(origin - HOUR, origin)) / before : 1;
    return values.slice(origin - DAY, origin - DAY + horizon).map((value) => ratio * value);
  },
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
