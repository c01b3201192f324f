import type { FunctionColumn, FunctionView } from '../../src/domain/function-view.ts';
import type { ChartSeries } from '../charts/line-chart.tsx';
import { count, duration, megabytes, rough, usd } from '../text/say-figures.ts';
import type { Signal } from './finding-signal.ts';

/** A signal as a chart draws it. */
export interface SignalLines {
  readonly label: string;
  readonly x: readonly number[];
  readonly series: readonly ChartSeries[];
  readonly show: (value: number) => string;
}

type Figure = (column: FunctionColumn, aMinute: (value: number) => number) => number | null;

interface Drawn {
  readonly label: string;
  readonly show: (value: number) => string;
  readonly lines: readonly (readonly [label: string, color: string, figure: Figure, dash?: readonly number[]])[];
}

const CALLS = [
  'calls',
  '--blue',
  ({ invocations }, aMinute) => aMinute(invocations),
] as const satisfies Drawn['lines'][0];

/** Colours and dashes as on a function's page. */
const DRAWN: Readonly<Record<Signal, Drawn>> = {
  calls: {
    label: 'Calls and failures a minute',
    show: rough,
    lines: [CALLS, ['failed', '--vermillion', ({ failures }, aMinute) => aMinute(failures)]],
  },
  latency: {
    label: 'Median and 99th percentile of the durations',
    show: duration,
    lines: [
      ['p50', '--blue', ({ p50Ms }) => p50Ms],
      ['p99', '--orange', ({ p99Ms }) => p99Ms, [6, 4]],
    ],
  },
  memory: {
    label: 'Highest memory use',
    show: megabytes,
    lines: [['used', '--blue', ({ maxMemoryUsedMb }) => maxMemoryUsedMb || null]],
  },
  'cold-starts': {
    label: 'Calls and cold starts a minute',
    show: rough,
    lines: [CALLS, ['cold starts', '--green', ({ coldStarts }, aMinute) => aMinute(coldStarts), [2, 3]]],
  },
  concurrency: {
    label: 'Most calls at once',
    show: count,
    lines: [['at once', '--blue', ({ invocations, maxConcurrency }) => maxConcurrency || (invocations ? null : 0)]],
  },
  cost: {
    label: 'Cost of a million calls',
    show: usd,
    lines: [
      ['a million calls', '--blue', ({ invocations, costUsd }) => (invocations ? (1e6 * costUsd) / invocations : null)],
    ],
  },
};

/** The lines of a signal from an instant on, by whole columns: one that is not over would look like a drop. */
export function signalLines(
  signal: Signal,
  { columns, stepMs, until, totals }: Pick<FunctionView, 'columns' | 'stepMs' | 'until' | 'totals'>,
  since: number,
): SignalLines {
  const shown = columns.filter(({ start }) => start >= since && start + stepMs <= until);
  const { label, show, lines } = DRAWN[signal];
  const aMinute = (value: number): number => (value * 60_000) / stepMs;
  return {
    label: signal === 'memory' ? `${label}, of ${totals.memorySizeMb} MB` : label,
    show,
    x: shown.map(({ start }) => start),
    series: lines.map(([name, color, figure, dash]) => ({
      ...{ label: name, color, isStep: signal !== 'latency' },
      values: shown.map((column) => figure(column, aMinute)),
      ...(dash && { dash }),
    })),
  };
}
