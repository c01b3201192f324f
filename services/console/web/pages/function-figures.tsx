import { errorText } from '@lamplighter/contracts/error-text';
import { useMemo } from 'preact/hooks';
import type { FunctionPage } from '../../src/api/get-functions.ts';
import type { ChangeItem } from '../../src/domain/change-item.ts';
import type { FunctionView } from '../../src/domain/function-view.ts';
import type { RemediationItem } from '../../src/domain/list-items.ts';
import { HeatMap } from '../charts/heat-map.tsx';
import { LineChart } from '../charts/line-chart.tsx';
import { linkTo } from '../live/route.ts';
import { Marks } from '../parts/marks.tsx';
import { count, duration, megabytes, percent, usd } from '../text/say-figures.ts';
import { Text } from '../text/text.tsx';
import { marksOf } from './function-marks.ts';
import { VersionsView } from './versions-view.tsx';

/** A function's time: its figures and charts where it was called, what failed, what was deployed and set. */
export const FunctionFigures = ({ of: { view, remediations, changes } }: { readonly of: FunctionPage }) => (
  <>
    {view.totals.invocations > 0 && <Figures view={view} repairs={remediations} changes={changes} />}
    {view.errorTypes.length > 0 && <Errors view={view} />}
    {view.versions.length + changes.length > 0 && <VersionsView view={view} changes={changes} />}
  </>
);

interface FiguresProps {
  readonly view: FunctionView;
  readonly repairs: readonly RemediationItem[];
  readonly changes: readonly ChangeItem[];
}

/** How fast, how often, how it failed, with how much memory. */
function Figures({ view, repairs, changes }: FiguresProps) {
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
        <Figure name={view.architecture === undefined ? 'cost, as of x86_64' : 'cost'} value={usd(totals.costUsd)} />
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

const Figure = ({ name, value }: { readonly name: string; readonly value: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
);

const Errors = ({ view }: { readonly view: FunctionView }) => (
  <section>
    <h2>Errors</h2>
    <ul>
      {view.errorTypes.map(({ fingerprint, errorType, template, count: times, exampleRequestId }) => (
        <li key={fingerprint}>
          <strong>{count(times)} ×</strong> <Text value={errorText(errorType, template)} />{' '}
          <a href={linkTo('request', { id: exampleRequestId })}>example</a>
        </li>
      ))}
    </ul>
  </section>
);
