import { holdsText } from '@lamplighter/contracts/holds-text';
import type { Fleet, FleetRow } from '../../src/api/get-fleet.ts';
import type { FunctionList } from '../../src/api/get-functions.ts';
import { functionAddress } from '../live/function-address.ts';
import { useKept } from '../live/use-kept.ts';
import { useNarrow } from '../live/use-narrow.ts';
import { usePages } from '../live/use-pages.ts';
import { usePolled } from '../live/use-polled.ts';
import { Heading } from '../parts/heading.tsx';
import { Empty, Loaded } from '../parts/notes.tsx';
import { PageNotes } from '../parts/page-notes.tsx';
import { Silent } from '../parts/silent.tsx';
import { VirtualList } from '../parts/virtual-list.tsx';
import { count, percent, usd } from '../text/say-figures.ts';
import { Text } from '../text/text.tsx';
import { ORDERS, type Order, ordered } from './functions-order.ts';

const EVERY_MS = 60_000;

/** Every function ever seen; the figures of the last hour beside the hundred that matter most. */
export function FunctionsPage() {
  const list = usePages('/api/functions', { everyMs: EVERY_MS, pageOf, keyOf });
  const fleet = usePolled<Fleet>('/api/fleet?limit=100', EVERY_MS);
  const isNarrow = useNarrow();
  const [wanted, setWanted] = useKept('wanted', '');
  const [order, setOrder] = useKept<Order>('order', 'name');
  const figures = new Map(fleet.body?.rows.map((row) => [keyOf(row), row]));
  const shown = ordered(
    list.items.filter(({ functionName }) => holdsText(functionName, wanted)),
    order,
    (one) => figures.get(keyOf(one)),
  );
  return (
    <>
      <Heading title="Functions">
        Functions {list.isWhole && <span class="faint">{count(list.items.length)}</span>}
      </Heading>
      <Loaded of={list.newest}>
        {({ functions }) => (
          <>
            {functions.length === 0 ? (
              <Empty title="No function was seen yet.">
                Functions appear when their first log arrives: subscribe a log group, or wait for the hourly sweep.
              </Empty>
            ) : (
              <div class="row">
                <label class="filter">
                  Filter{' '}
                  <input type="search" value={wanted} onInput={(event) => setWanted(event.currentTarget.value)} />
                </label>
                <fieldset class="row" aria-label="Order">
                  {ORDERS.map(([each, label]) => (
                    <button key={each} type="button" aria-pressed={each === order} onClick={() => setOrder(each)}>
                      {label}
                    </button>
                  ))}
                </fieldset>
              </div>
            )}
            {fleet.problem && (
              <p class="broken">
                The last hour is not known: <Text value={fleet.problem.message} />
              </p>
            )}
            <Silent of={fleet.body?.unanswered ?? []} />
            <PageNotes of={list} />
            <VirtualList items={shown} keyOf={keyOf} rowPx={isNarrow ? 96 : 64} label="Functions" onEnd={list.more}>
              {(one) => (
                <article class="item">
                  <a class="title" data-item href={functionAddress(one)}>
                    <Text value={one.functionName} />
                  </a>
                  <p class="one-line faint">
                    {figuresOf(figures.get(keyOf(one))) ?? `${one.accountId} · ${one.region}`}
                  </p>
                </article>
              )}
            </VirtualList>
          </>
        )}
      </Loaded>
    </>
  );
}

const pageOf = ({ functions, ...rest }: FunctionList) => ({ items: functions, ...rest });

const keyOf = ({
  accountId,
  region,
  functionName,
}: {
  accountId: string;
  region: string;
  functionName: string;
}): string => `${accountId} ${region} ${functionName}`;

function figuresOf(row: FleetRow | undefined): string | undefined {
  if (row === undefined) return undefined;
  const { invocations, failures, costUsd, completenessPct, isUnreadable } = row;
  const audited = completenessPct === null ? '' : ` · ${percent(completenessPct)} audited`;
  const unread = isUnreadable ? ' · its log group may not be read' : '';
  if (invocations === null || failures === null || costUsd === null)
    return `what it did in the last hour was not told${audited}${unread}`;
  const failed = failures === 0 ? 'none failed' : `${count(failures)} failed`;
  return `${count(invocations)} calls, ${failed} · ${usd(costUsd)} in the last hour${audited}${unread}`;
}
