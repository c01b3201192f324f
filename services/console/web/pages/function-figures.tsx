import { useMemo } from 'preact/hooks';
import type { FunctionView } from '../../src/domain/function-view.ts';
import { HeatMap } from '../charts/heat-map.tsx';
import { LineChart } from '../charts/line-chart.tsx';
import { linkTo } from '../live/route.ts';
import { count, duration, percent, usd } from '../text/say-figures.ts';
import { Text } from '../text/text.tsx';

/** A function's time in figures and charts: how fast, how often, how it failed, with how much memory. */
export function FunctionFigures({ view }: { readonly view: FunctionView }) {
  const { totals } = view;
  const columns = useMemo(
    () => ({
      x: view.columns.map(({ start }) => start),
      latency: [
        { label: 'p50', color: '--blue', values: view.columns.map(({ p50Ms }) => p50Ms) },
        { label: 'p99', color: '--orange', dash: [6, 4], values: view.columns.map(({ p99Ms }) => p99Ms) },
      ],
      calls: [
        { label: 'calls', color: '--blue', isStep: true, values: view.columns.map(({ invocations }) => invocations) },
        { label: 'failed', color: '--vermillion', isStep: true, values: view.columns.map(({ failures }) => failures) },
        {
          label: 'cold starts',
          color: '--green',
          dash: [2, 3],
          isStep: true,
          values: view.columns.map(({ coldStarts }) => coldStarts),
        },
      ],
      memory: [
        {
          label: 'used',
          color: '--blue',
          isStep: true,
          values: view.columns.map(({ maxMemoryUsedMb }) => maxMemoryUsedMb || null),
        },
      ],
    }),
    [view],
  );
  return (
    <>
      <dl class="figures">
        <Figure name="calls" value={count(totals.invocations)} />
        <Figure name="failed" value={percent((100 * totals.failures) / totals.invocations)} />
        <Figure name="p50" value={duration(totals.p50Ms)} />
        <Figure name="p99" value={duration(totals.p99Ms)} />
        <Figure name="cold starts" value={count(totals.coldStarts)} />
        <Figure name="most at once" value={count(totals.maxConcurrency)} />
        <Figure name="memory" value={`${totals.maxMemoryUsedMb} of ${totals.memorySizeMb} MB`} />
        <Figure name="cost" value={usd(totals.costUsd)} />
      </dl>
      <section>
        <h2>Latency</h2>
        <HeatMap grid={view.grid} />
        <LineChart
          label="Median and 99th percentile of the durations"
          x={columns.x}
          series={columns.latency}
          show={duration}
        />
      </section>
      <section>
        <h2>Calls</h2>
        <LineChart label="Calls, failures and cold starts" x={columns.x} series={columns.calls} show={count} />
      </section>
      <section>
        <h2>Memory</h2>
        <LineChart
          label={`Highest memory use, of ${totals.memorySizeMb} MB`}
          x={columns.x}
          series={columns.memory}
          show={megabytes}
        />
      </section>
      {view.slowestRequestIds.length > 0 && (
        <p>
          Slowest:{' '}
          {view.slowestRequestIds.map((requestId) => (
            <a key={requestId} href={linkTo('request', { id: requestId })}>
              <Text value={requestId.slice(0, 8)} />{' '}
            </a>
          ))}
        </p>
      )}
    </>
  );
}

const megabytes = (value: number): string => `${Math.round(value)} MB`;

const Figure = ({ name, value }: { readonly name: string; readonly value: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
);
