import { useState } from 'preact/hooks';
import type { Fleet, FleetRow, FunctionList } from '../../src/api/get-functions.ts';
import { linkTo } from '../live/route.ts';
import { usePages } from '../live/use-pages.ts';
import { usePolled } from '../live/use-polled.ts';
import { Empty, ProblemNote } from '../parts/notes.tsx';
import { VirtualList } from '../parts/virtual-list.tsx';
import { count, percent, usd } from '../text/say-figures.ts';
import { Text } from '../text/text.tsx';

/** Every function ever seen; the figures of the last hour beside the first hundred. */
export function FunctionsPage() {
  const { pages, isWhole, problem, more } = usePages<FunctionList>('/api/functions');
  const fleet = usePolled<Fleet>('/api/fleet?limit=100', 60_000);
  const [wanted, setWanted] = useState('');
  const functions = pages.flatMap((page) => page.functions);
  const shown = functions.filter(({ functionName }) => functionName.toLowerCase().includes(wanted.toLowerCase()));
  const figures = new Map(fleet.body?.rows.map((row) => [keyOf(row), row]));
  return (
    <>
      <h1>Functions {isWhole && <span class="faint">{count(functions.length)}</span>}</h1>
      {problem && <ProblemNote problem={problem} />}
      {isWhole && functions.length === 0 && (
        <Empty title="No function was seen yet.">
          Functions appear when their first log arrives: subscribe a log group, or wait for the hourly sweep.
        </Empty>
      )}
      {functions.length > 0 && (
        <label class="filter">
          Filter <input type="search" value={wanted} onInput={(event) => setWanted(event.currentTarget.value)} />
        </label>
      )}
      <VirtualList items={shown} keyOf={keyOf} rowPx={64} label="Functions" onEnd={more}>
        {(one) => (
          <article class="item">
            <a class="title" data-item href={linkTo('function', { name: one.functionName })}>
              <Text value={one.functionName} />
            </a>
            <p class="one-line faint">{figuresOf(figures.get(keyOf(one))) ?? `${one.accountId} · ${one.region}`}</p>
          </article>
        )}
      </VirtualList>
    </>
  );
}

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
