import { cutText } from '@lamplighter/contracts/cut-text';
import {
  longestRows,
  type RequestWaterfall,
  requestWaterfalls,
  type WaterfallRow,
} from '@lamplighter/diagnosis/waterfall';
import { useMemo } from 'preact/hooks';
import type { RequestPage } from '../../src/api/get-request.ts';
import { useKept } from '../live/use-kept.ts';
import { count, duration } from '../text/say-figures.ts';
import { Text } from '../text/text.tsx';

type Story = Extract<RequestPage, { kind: 'story' }>['story'];

const FIRST_ROWS = 50;
const MORE_ROWS = 200;
const DEEPEST_INDENT = 8;
const INDENT_PX = 12;
/** The whole text stands in the timeline. */
const FAILURE_CHARACTERS = 200;

/** Where the time of a request went: what its report tells, and its spans, as bars in the time of the request. Nothing where no span is known. */
export function Waterfalls({ story }: { readonly story: Story }) {
  const [unfolded, setUnfolded] = useKept<ReadonlySet<string>>('unfolded', new Set());
  const { invocation, attempts, spans } = story;
  const waterfalls = useMemo(
    () => requestWaterfalls({ invocation, attempts, ...(spans && { spans }) }, unfolded),
    [story, unfolded],
  );
  const toggle = (key: string): void =>
    setUnfolded((keys) => new Set(keys.has(key) ? [...keys].filter((one) => one !== key) : [...keys, key]));
  if (waterfalls.length === 0) return null;
  return (
    <section>
      <h2>
        Where the time went <span class="faint">{spansTold(spans?.length ?? 0)}</span>
      </h2>
      {waterfalls.map((waterfall) => (
        <div key={waterfall.attempt}>
          {attempts.length > 1 && <h3>Attempt {waterfall.attempt}</h3>}
          <WaterfallView waterfall={waterfall} unfolded={unfolded} toggle={toggle} />
        </div>
      ))}
    </section>
  );
}

const spansTold = (spans: number): string => `${count(spans)} ${spans === 1 ? 'span' : 'spans'}`;

interface Folding {
  readonly unfolded: ReadonlySet<string>;
  readonly toggle: (key: string) => void;
}

/** The rows that took most of the time, and a button for more. */
function WaterfallView({ waterfall, ...folding }: Folding & { readonly waterfall: RequestWaterfall }) {
  const [most, setMost] = useKept(`rows of attempt ${waterfall.attempt}`, FIRST_ROWS);
  const { rows, beginMs, endMs } = waterfall;
  const left = Math.max(0, rows.length - most);
  return (
    <>
      <div class="waterfall-scale" aria-hidden="true">
        <span>{after(beginMs)}</span>
        <span>{after(endMs)}</span>
      </div>
      <ol class="waterfall">
        {longestRows(rows, most).map((row) => (
          <RowView key={row.key} row={row} {...folding} />
        ))}
      </ol>
      {left > 0 && (
        <p class="row">
          <span class="faint">
            The {count(most)} rows that took longest or failed, of {count(rows.length)}.
          </span>
          <button type="button" onClick={() => setMost(most + MORE_ROWS)}>
            Show {count(Math.min(left, MORE_ROWS))} more
          </button>
        </p>
      )}
    </>
  );
}

/** `+38 ms`, of what came before the handler `−250 ms`. */
const after = (ms: number): string => `${ms < 0 ? '−' : '+'}${duration(Math.abs(ms))}`;

function RowView({ row, unfolded, toggle }: Folding & { readonly row: WaterfallRow }) {
  const { kind, depth, bars, failures, failure, startMs, durationMs } = row;
  const indent = { paddingLeft: `${Math.min(depth, DEEPEST_INDENT) * INDENT_PX}px` };
  return (
    <li class={failures > 0 ? `${kind} failed` : kind}>
      <div class="what" style={indent}>
        <span class="unseen">level {depth + 1}: </span>
        {kind === 'repeated' ? (
          <button type="button" class="link" aria-expanded={unfolded.has(row.key)} onClick={() => toggle(row.key)}>
            {count(row.calls)} × <Text value={row.name} />
          </button>
        ) : (
          <Text value={row.name} />
        )}
        {failures > 0 && (
          <span class="broken">
            {' '}
            <span aria-hidden="true">✗</span> {failures > 1 ? `${count(failures)} failed` : 'failed'}
          </span>
        )}
      </div>
      <div class="bars" aria-hidden="true">
        {bars.map(({ leftPct, widthPct }) => (
          <i key={leftPct} style={{ left: `min(${leftPct}%, 100% - 2px)`, width: `${widthPct}%` }} />
        ))}
      </div>
      <span class="began">
        <span class="unseen">, began at </span>
        {after(startMs)}
        <span class="unseen">, took </span>
      </span>
      <strong>{duration(durationMs)}</strong>
      {failure !== undefined && (
        <div class="broken why" style={indent}>
          <Text value={cutText(failure, FAILURE_CHARACTERS)} />
        </div>
      )}
    </li>
  );
}
