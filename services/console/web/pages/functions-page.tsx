import type { Fleet, FleetRow, FunctionList } from '../../src/api/get-functions.ts';
import { linkTo } from '../live/route.ts';
import { useKept } from '../live/use-kept.ts';
import { usePages } from '../live/use-pages.ts';
import { usePolled } from '../live/use-polled.ts';
import { Heading } from '../parts/heading.tsx';
import { Empty, Loaded } from '../parts/notes.tsx';
import { PageNotes } from '../parts/page-notes.tsx';
import { VirtualList } from '../parts/virtual-list.tsx';
import { count, percent, usd } from '../text/say-figures.ts';
import { Text } from '../text/text.tsx';

const EVERY_MS = 60_000;

/** Every function ever seen; the figures of the last hour beside the first hundred. */
export function FunctionsPage() {
  const list = usePages('/api/functions', { everyMs: EVERY_MS, pageOf, keyOf });
  const fleet = usePolled<Fleet>('/api/fleet?limit=100', EVERY_MS);
  const [wanted, setWanted] = useKept('wanted', '');
  const shown = list.items.filter(({ functionName }) => functionName.toLowerCase().includes(wanted.toLowerCase()));
  const figures = new Map(fleet.body?.rows.map((row) => [keyOf(row), row]));
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
              <label class="filter">
                Filter <input type="search" value={wanted} onInput={(event) => setWanted(event.currentTarget.value)} />
              </label>
            )}
            <PageNotes of={list} />
            <VirtualList items={shown} keyOf={keyOf} rowPx={64} label="Functions" onEnd={list.more}>
              {(one) => (
                <article class="item">
                  <a class="title" data-item href={linkTo('function', { name: one.functionName })}>
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
  const failed = row.failures === 0 ? 'none failed' : `${count(row.failures)} failed`;
  const audited = row.completenessPct === null ? '' : ` · ${percent(row.completenessPct)} audited`;
  return `${count(row.invocations)} calls, ${failed} · ${usd(row.costUsd)} in the last hour${audited}`;
}
