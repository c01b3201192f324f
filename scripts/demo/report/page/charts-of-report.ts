import { clockOf } from '../../live/words.ts';
import type { DemoReport } from '../compose-report.ts';
import { type ChartMark, chart } from './chart.ts';
import type { Html } from './html.ts';

const MINUTE_MS = 60_000;
const REAL = 'real requests through real handlers';
const TWIN = 'the twin: simulated, not measured';

const hourOf = (at: number): string => clockOf(at).slice(0, 5);

/** Faults and their repairs, for the time axis. */
export const faultMarks = ({ truth }: DemoReport): readonly ChartMark[] =>
  truth.faults.flatMap(({ injectedAt, repair }, at) => [
    { at: injectedAt, text: `fault ${at + 1}`, side: 'before' as const },
    ...(repair?.appliedAfterMs === undefined
      ? []
      : [{ at: injectedAt + repair.appliedAfterMs, text: 'repair', side: 'after' as const }]),
  ]);

export const requestChart = ({ minutes }: DemoReport, marks: readonly ChartMark[]): Html =>
  chart({
    title: 'Requests',
    source: REAL,
    unit: 'a minute',
    series: [
      { name: 'requests', tone: 'a', isBars: true, points: minutes.map(({ start, requests }) => [start, requests]) },
      { name: 'failed', tone: 'b', isBars: true, points: minutes.map(({ start, failed }) => [start, failed]) },
    ],
    marks,
    formatTime: hourOf,
  });

/** The first guest wakes what slept: told beside the chart, which would show nothing else. */
export function latencyChart({ minutes: [first, ...minutes] }: DemoReport, marks: readonly ChartMark[]): Html {
  const woken =
    first === undefined ? '' : `; the first guest, who woke what slept, waited ${(first.p95Ms / 1000).toFixed(1)} s`;
  return chart({
    title: 'How long guests waited',
    source: `${REAL}, on this machine${woken}`,
    unit: 'ms',
    series: [
      { name: '95th percentile', tone: 'b', points: minutes.map(({ start, p95Ms }) => [start, p95Ms]) },
      { name: 'median', tone: 'a', points: minutes.map(({ start, p50Ms }) => [start, p50Ms]) },
    ],
    marks,
    formatTime: hourOf,
  });
}

export const forecastChart = ({ forecasts: { points } }: DemoReport): Html =>
  chart({
    title: 'Calls of the next five minutes',
    source: 'forecast when they began; the audit when they were over',
    unit: 'calls in five minutes',
    series: [
      { name: 'came', tone: 'd', points: points.map(({ startsAt, actual }) => [startsAt, actual]) },
      { name: 'foreseen', tone: 'a', points: points.map(({ startsAt, mean }) => [startsAt, mean]) },
    ],
    band: { name: '95 % band', points: points.map(({ startsAt, lower, upper }) => [startsAt, lower, upper]) },
    formatTime: hourOf,
  });

export const saleChart = ({ sale: { perMinute } }: DemoReport): Html =>
  chart({
    title: 'Requests of the large sale',
    source: TWIN,
    unit: 'a second',
    series: [
      {
        name: 'requests',
        tone: 'a',
        points: perMinute.requests.map((value, at) => [timeOf(perMinute.start, at), value / 60]),
      },
    ],
    formatTime: hourOf,
  });

export const saleCostChart = ({ sale: { perMinute, fleet } }: DemoReport): Html =>
  chart({
    title: 'What the large sale costs',
    source: TWIN,
    unit: 'USD an hour',
    series: [
      {
        name: 'functions and APIs',
        tone: 'a',
        points: perMinute.computeUsd.map((value, at) => [timeOf(perMinute.start, at), value * 60]),
      },
      {
        name: 'a fleet for the peak',
        tone: 'c',
        points: perMinute.computeUsd.map((_, at) => [timeOf(perMinute.start, at), fleet.usdPerHour]),
      },
    ],
    formatTime: hourOf,
  });

const timeOf = (start: number, minute: number): number => start + minute * MINUTE_MS;
