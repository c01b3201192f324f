import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FinePoint } from '../../../packages/time-series/src/index.ts';

export interface TrafficSeries {
  readonly name: string;
  /** Requests per five minutes. */
  readonly values: readonly number[];
  /** The same, with what the last minute of each says. */
  readonly points: readonly FinePoint[];
  /** The first of the values that are forecast. */
  readonly from: number;
}

const MINUTES = 5;
export const DAY = (24 * 60) / MINUTES;

/** Days of a file before the first forecast; of the files under `serverless-5day` the last day is forecast. */
const DAYS_BEFORE = { worldcup98: 8, nasa_aug: 11, nasa_: 8, twitter: 3 } as const;

/** Reads the series of the directory that are long enough for a season. @throws RangeError where there is none */
export function readTraffic(directory: string): TrafficSeries[] {
  const long = csvFiles(directory).flatMap((file): TrafficSeries[] => {
    const kind = Object.entries(DAYS_BEFORE).find(([prefix]) => file.startsWith(prefix));
    return kind === undefined ? [] : [readOne(directory, file, () => kind[1] * DAY)];
  });
  const days = join(directory, 'serverless-5day');
  const short = csvFiles(days).map((file) => readOne(days, file, (values) => values.length - DAY));
  if (long.length + short.length === 0) throw new RangeError(`There are no traffic series in ${directory}.`);
  return [...long, ...short];
}

const csvFiles = (directory: string): string[] =>
  existsSync(directory)
    ? readdirSync(directory)
        .filter((file) => file.endsWith('.csv'))
        .sort()
    : [];

function readOne(directory: string, file: string, from: (values: readonly number[]) => number): TrafficSeries {
  const rows = readFileSync(join(directory, file), 'utf8').trim().split(/\r?\n/).slice(1);
  const points = buckets(rows.map((row) => Number(row.split(',')[1])));
  const values = points.map(({ value }) => value);
  return { name: file.replace('.csv', ''), values, points, from: from(values) };
}

function buckets(perMinute: readonly number[]): FinePoint[] {
  return Array.from({ length: Math.floor(perMinute.length / MINUTES) }, (_, at) => {
    const minutes = perMinute.slice(at * MINUTES, (at + 1) * MINUTES);
    return { value: minutes.reduce((sum, value) => sum + value, 0), latest: MINUTES * minutes.at(-1)! };
  });
}
