import type { TraceSpan } from '@lamplighter/contracts';
import { type Bar, barsOf } from './bars.ts';
import { type Interval, lengthOf, unionWithin } from './intervals.ts';
import { ownCode, type Whose } from './own-code.ts';
import { handlerTime, type Run, spanTime, startTime } from './run.ts';
import { spanFailure, spanName } from './span-name.ts';
import { type SpanNode, spanTree, walkDown } from './span-tree.ts';

/** What a row tells of: how an environment began, the handler, its own code, a span, or calls of one kind in a row. */
export type WaterfallKind = 'init' | 'restore' | 'handler' | 'own-code' | 'span' | 'repeated';

/** A line of a waterfall. */
export interface WaterfallRow {
  /** The same each time that the same spans are laid out. */
  readonly key: string;
  readonly kind: WaterfallKind;
  /** As whoever made the span wrote it. */
  readonly name: string;
  readonly depth: number;
  /** Milliseconds after the handler began; before it, negative. */
  readonly startMs: number;
  /** Of repeated calls and own code, the time that they cover together. */
  readonly durationMs: number;
  readonly bars: readonly Bar[];
  /** Calls that it stands for; 0 of what the report tells. */
  readonly calls: number;
  /** How many of them failed, or below them: of what is folded nothing else is seen. */
  readonly failures: number;
  /** What the first one that failed said. */
  readonly failure?: string;
}

/** Where the time of a request went. */
export interface Waterfall {
  /** What the width of a row stands for: milliseconds after the handler began. */
  readonly beginMs: number;
  readonly endMs: number;
  /** Each below the one that called it, by start. */
  readonly rows: readonly WaterfallRow[];
}

export interface WaterfallInput {
  readonly spans: readonly TraceSpan[];
  readonly run: Run;
  readonly whose: Whose;
  /** Keys of repeated calls that are shown one by one. */
  readonly unfolded?: ReadonlySet<string>;
}

/** So many calls of one kind in a row are told in one row. */
const FEWEST_REPEATED = 3;

/**
 * Rows of one run of a request. No span is lost, whatever its parents and its clock say; one beside the request's time lies at the edge. Times are counted from the handler's begin: of epoch
 * milliseconds a double keeps no microseconds. O(n log n).
 */
export function waterfall({ spans, run, whose, unfolded = new Set() }: WaterfallInput): Waterfall {
  const begin =
    run.startedAt ?? spans.reduce((least, { startedAt }) => Math.min(least, startedAt), Number.POSITIVE_INFINITY);
  const since = <Timed extends { readonly startedAt?: number | undefined }>(timed: Timed): Timed =>
    timed.startedAt === undefined ? timed : { ...timed, startedAt: timed.startedAt - begin };
  const [own, told] = [since(run), spans.map(since)];
  const roots = spanTree(told);
  const scale = scaleOf(own, told);
  const rows = [...reportRows(own, roots, whose), ...spanRows(roots, unfolded)].map(({ intervals, ...row }) => ({
    ...row,
    startMs: intervals[0]?.from ?? 0,
    bars: barsOf(intervals, scale),
  }));
  return { beginMs: scale.from, endMs: scale.to, rows };
}

/** The time of the request where its report tells it, else that of its spans. */
function scaleOf(run: Run, spans: readonly TraceSpan[]): Interval {
  const [start, handler] = [startTime(run), handlerTime(run)];
  const known = handler === undefined ? spans.map(spanTime) : [handler, ...(start === undefined ? [] : [start])];
  return {
    from: known.reduce((least, { from }) => Math.min(least, from), Number.POSITIVE_INFINITY),
    to: known.reduce((most, { to }) => Math.max(most, to), Number.NEGATIVE_INFINITY),
  };
}

/** Before its bars are laid out. */
type Unplaced = Omit<WaterfallRow, 'startMs' | 'bars'> & { readonly intervals: readonly Interval[] };

const NAMES = {
  init: 'init',
  restore: 'restore of a snapshot',
  handler: 'handler',
  'own-code': 'own code and the rest',
} as const;

/** What the report tells, and what of it no span explains. */
function reportRows(run: Run, roots: readonly SpanNode[], whose: Whose): Unplaced[] {
  const [start, handler] = [startTime(run), handlerTime(run)];
  const rows: Unplaced[] = [];
  const tell = (kind: keyof typeof NAMES, depth: number, intervals: readonly Interval[], durationMs: number): void =>
    void rows.push({ key: kind, kind, name: NAMES[kind], depth, durationMs, intervals, calls: 0, failures: 0 });
  if (start !== undefined)
    tell(run.restoreDurationMs === undefined ? 'init' : 'restore', 0, [start], lengthOf([start]));
  if (handler !== undefined) {
    tell('handler', 0, [handler], run.durationMs ?? 0);
    const own = ownCode(roots, handler, whose);
    tell('own-code', 1, own, lengthOf(own));
  }
  return rows;
}

/** One call, or several of one kind in a row. */
interface Piece {
  readonly calls: readonly SpanNode[];
  readonly depth: number;
}

function spanRows(roots: readonly SpanNode[], unfolded: ReadonlySet<string>): Unplaced[] {
  const rows: Unplaced[] = [];
  const open: Piece[] = piecesOf(roots, 0).reverse();
  for (let piece = open.pop(); piece !== undefined; piece = open.pop()) {
    const { calls, depth } = piece;
    const row = rowOf(piece);
    rows.push(row);
    const below =
      row.kind === 'span' ? piecesOf(calls[0]?.children ?? [], depth + 1) : unfolded.has(row.key) ? eachOf(piece) : [];
    for (const next of below.reverse()) open.push(next);
  }
  return rows;
}

const eachOf = ({ calls, depth }: Piece): Piece[] => calls.map((call) => ({ calls: [call], depth: depth + 1 }));

/** Siblings, those that follow each other with one name together. */
function piecesOf(siblings: readonly SpanNode[], depth: number): Piece[] {
  const runs: SpanNode[][] = [];
  for (const node of siblings) {
    const run = runs.at(-1);
    if (run?.[0] !== undefined && spanName(run[0].span) === spanName(node.span)) run.push(node);
    else runs.push([node]);
  }
  return runs.flatMap((run) =>
    run.length < FEWEST_REPEATED ? run.map((call) => ({ calls: [call], depth })) : [{ calls: run, depth }],
  );
}

function rowOf({ calls, depth }: Piece): Unplaced {
  const [first] = calls as readonly [SpanNode, ...SpanNode[]];
  const isRepeated = calls.length > 1;
  const intervals = calls.map(({ span }) => spanTime(span));
  const all = isRepeated ? walkDown(calls).map(({ node }) => node) : calls;
  const failed = all.map(({ span }) => spanFailure(span)).filter((failure) => failure !== undefined);
  return {
    key: isRepeated ? `${first.key}+` : first.key,
    kind: isRepeated ? 'repeated' : 'span',
    name: spanName(first.span),
    depth,
    durationMs: isRepeated ? lengthOf(unionWithin(intervals, EVER)) : Math.max(0, first.span.durationMs),
    intervals,
    calls: calls.length,
    failures: failed.length,
    ...(failed[0] !== undefined && { failure: failed[0] }),
  };
}

const EVER: Interval = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
