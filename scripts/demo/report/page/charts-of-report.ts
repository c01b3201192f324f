import { clockOf } from '../../live/words.ts';
import type { DemoReport } from '../compose-report.ts';
import { type ChartInput, type ChartMark, chart } from './chart.ts';
import type { Html } from './html.ts';

const MINUTE_MS = 60_000;
const REAL = 'real requests through real handlers';
const TWIN = 'the twin: simulated, not measured';

const hourOf = (at: number): string => clockOf(at).slice(0, 5);

/** What charts over the story's time share: its first minute with a guest to its end, its faults and their repairs. */
function storyAxis({ minutes, until, truth }: DemoReport): Pick<ChartInput, 'span' | 'marks' | 'formatTime'> {
  const marks = truth.faults.flatMap(({ injectedAt, repair }, at): ChartMark[] => [
    { at: injectedAt, text: `fault ${at + 1}` },
    ...(repair?.appliedAfterMs === undefined
      ? []
      : [{ at: injectedAt + repair.appliedAfterMs, text: `repair ${at + 1}` }]),
  ]);
  return { span: { from: minutes[0]?.start ?? until, until }, marks, formatTime: hourOf };
}

export const requestChart = (report: DemoReport): Html =>
  chart({
    title: 'Requests',
    source: REAL,
    unit: 'a minute',
    series: [
      {
        name: 'requests',
        tone: 'a',
        isBars: true,
        points: report.minutes.map(({ start, requests }) => [start, requests]),
      },
      { name: 'failed', tone: 'b', isBars: true, points: report.minutes.map(({ start, failed }) => [start, failed]) },
    ],
    ...storyAxis(report),
  });

/** The first guest wakes what slept: told beside the chart, which would show nothing else. */
export function latencyChart(report: DemoReport): Html {
  const [first, ...minutes] = report.minutes;
  const woken =
    first === undefined ? '' : `; the first guest, who woke what slept, waited ${(first.p95Ms / 1000).toFixed(1)} s`;
  return chart({
    title: 'How long guests waited',
    source: `${REAL}, on this machine${woken}`,
    unit: 'ms',
    series: [
      { name: '95th percentile', tone: 'b', points: minutes.map(({ start, p95Ms }) => [middleOf(start), p95Ms]) },
      { name: 'median', tone: 'a', points: minutes.map(({ start, p50Ms }) => [middleOf(start), p50Ms]) },
    ],
    ...storyAxis(report),
  });
}

export function forecastChart(report: DemoReport): Html {
  const { points } = report.forecasts;
  return chart({
    title: 'Calls of the next five minutes',
    source: 'forecast when they began; the audit when they were over',
    unit: 'calls in five minutes',
    series: [
      { name: 'came', tone: 'd', points: points.map(({ startsAt, actual }) => [startsAt, actual]) },
      { name: 'foreseen', tone: 'a', points: points.map(({ startsAt, mean }) => [startsAt, mean]) },
    ],
    band: { name: '95 % band', points: points.map(({ startsAt, lower, upper }) => [startsAt, lower, upper]) },
    ...storyAxis(report),
  });
}

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

/** Of a minute's figure that is drawn as a point: where the middle of its bar is. */
const middleOf = (start: number): number => start + MINUTE_MS / 2;

const timeOf = (start: number, minute: number): number => start + minute * MINUTE_MS;
