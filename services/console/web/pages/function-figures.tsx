import { useMemo } from 'preact/hooks';
import type { ChangeItem } from '../../src/domain/change-item.ts';
import type { FunctionView } from '../../src/domain/function-view.ts';
import type { RemediationItem } from '../../src/domain/list-items.ts';
import { HeatMap } from '../charts/heat-map.tsx';
import { LineChart } from '../charts/line-chart.tsx';
import { linkTo } from '../live/route.ts';
import { count, duration, percent, usd, utc } from '../text/say-figures.ts';
import { Text } from '../text/text.tsx';
import { type Mark, marksOf } from './function-marks.ts';

interface FunctionFiguresProps {
  readonly view: FunctionView;
  readonly repairs: readonly RemediationItem[];
  readonly changes: readonly ChangeItem[];
}

/** A function's time in figures and charts: how fast, how often, how it failed, with how much memory. */
export function FunctionFigures({ view, repairs, changes }: FunctionFiguresProps) {
  const { totals } = view;
  const marks = useMemo(() => marksOf(view, repairs, changes), [view, repairs, changes]);
  const at = useMemo(() => marks.map((mark) => mark.at), [marks]);
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
        <Marks of={marks} />
        <LineChart
          label="Median and 99th percentile of the durations"
          x={columns.x}
          series={columns.latency}
          show={duration}
          marks={at}
        />
      </section>
      <section>
        <h2>Calls</h2>
        <LineChart
          label="Calls, failures and cold starts"
          x={columns.x}
          series={columns.calls}
          show={count}
          marks={at}
        />
      </section>
      <section>
        <h2>Memory</h2>
        <LineChart
          label={`Highest memory use, of ${totals.memorySizeMb} MB`}
          x={columns.x}
          series={columns.memory}
          show={megabytes}
          marks={at}
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

/** What the dashed lines of the charts are. */
const Marks = ({ of }: { readonly of: readonly Mark[] }) =>
  of.length === 0 ? null : (
    <p>
      <span class="faint">┆ changed: </span>
      {of.map(({ at, what }) => (
        <span key={`${at} ${what}`} class="mark">
          <Text value={what} /> <span class="faint">{utc(at)}</span>{' '}
        </span>
      ))}
    </p>
  );

const megabytes = (value: number): string => `${Math.round(value)} MB`;

const Figure = ({ name, value }: { readonly name: string; readonly value: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
);
