import type { CallList } from '../../src/api/get-calls.ts';
import type { CallItem } from '../../src/domain/call-item.ts';
import type { FunctionView } from '../../src/domain/function-view.ts';
import { linkTo } from '../live/route.ts';
import { useKept } from '../live/use-kept.ts';
import { usePolled } from '../live/use-polled.ts';
import { StateBadge } from '../parts/badges.tsx';
import { Loaded } from '../parts/notes.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { clockTime, count, duration, utcDay } from '../text/say-figures.ts';
import { Text } from '../text/text.tsx';

const EVERY_MS = 30_000;

interface CallsProps {
  readonly of: Pick<FunctionView, 'totals'>;
  /** Which function and which time, as parameters of the API. */
  readonly query: string;
  /** Whether nothing of it changes any more. */
  readonly isOver?: boolean;
}

/** The function's calls one by one: those that failed, or all. They are asked for where they are wanted. */
export function CallsView({ of: { totals }, query, isOver = false }: CallsProps) {
  const [only, setOnly] = useKept<'failed' | 'all' | 'none'>('calls', totals.failures > 0 ? 'failed' : 'none');
  if (totals.invocations === 0) return null;
  return (
    <section>
      <h2>Calls one by one</h2>
      <fieldset class="row" aria-label="Which calls">
        <button type="button" aria-pressed={only === 'failed'} onClick={() => setOnly('failed')}>
          Failed
        </button>
        <button type="button" aria-pressed={only === 'all'} onClick={() => setOnly('all')}>
          All
        </button>
      </fieldset>
      {only !== 'none' && <Calls only={only} query={query} isOver={isOver} />}
    </section>
  );
}

function Calls({ only, query, isOver }: { only: 'failed' | 'all'; query: string; isOver: boolean }) {
  const answer = usePolled<CallList>(`/api/calls?${query}&only=${only}`, isOver ? 0 : EVERY_MS);
  return (
    <Loaded of={answer}>
      {({ calls, hasMore }) =>
        calls.length === 0 ? (
          <p class="faint">
            {hasMore
              ? 'None among those that were looked through.'
              : `No call ${only === 'failed' ? 'failed' : 'is known'} in this time.`}
          </p>
        ) : (
          <>
            <Table calls={calls} />
            {hasMore && <p class="faint">The newest {count(calls.length)}; there are older ones in this time.</p>}
          </>
        )
      }
    </Loaded>
  );
}

const Table = ({ calls }: { readonly calls: readonly CallItem[] }) => (
  <Scroll label="Calls">
    <table>
      <thead>
        <tr>
          <th scope="col">request</th>
          <th scope="col">began, UTC</th>
          <th scope="col">ended as</th>
          <th scope="col">took</th>
          <th scope="col">memory</th>
          <th scope="col">error</th>
        </tr>
      </thead>
      <tbody>
        {calls.map((call) => (
          <tr key={call.requestId}>
            <th scope="row">
              <a data-item href={linkTo('request', { id: call.requestId })}>
                <code>
                  <Text value={call.requestId.slice(0, 8)} />
                </code>
              </a>
            </th>
            <td>
              {call.startedAt === undefined
                ? '–'
                : `${utcDay(call.startedAt)} ${clockTime(call.startedAt).slice(0, 8)}`}
            </td>
            <td>
              <StateBadge state={call.status} />
              {call.attempts > 1 && <span class="faint"> after {count(call.attempts)} attempts</span>}
            </td>
            <td>
              {duration(call.durationMs)}
              {call.coldStart && <span class="faint"> cold</span>}
            </td>
            <td>{call.maxMemoryUsedMb === undefined ? '–' : `${count(call.maxMemoryUsedMb)} MB`}</td>
            <td>{call.error !== undefined && <Text value={call.error} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </Scroll>
);
