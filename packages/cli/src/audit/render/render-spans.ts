import type { TraceSpan } from '@lamplighter/contracts';
import { escapeText } from '../../terminal/escape-text.ts';
import { formatCount, formatDuration } from '../../terminal/format-value.ts';
import type { Paint } from '../../terminal/paint.ts';

/** A person reads no more; the rest is counted. */
const MOST_ROWS = 100;
const DEEPEST = 12;

interface Row {
  readonly span: TraceSpan;
  readonly depth: number;
}

/** The spans of a request, each below the one that it is a part of: when it began, how long it took, what it was. Empty where none are known. */
export function renderSpans(spans: readonly TraceSpan[], origin: number, paint: Paint): readonly string[] {
  if (spans.length === 0) return [];
  const rows = rowsOf(spans);
  const shown = rows.slice(0, MOST_ROWS).map((row) => rowText(row, origin, paint));
  const omitted = rows.length - shown.length;
  return [
    paint('bold', `Trace (${formatCount(spans.length, 'span')}, ms after the start)`),
    ...shown,
    ...(omitted > 0 ? [paint('yellow', `  … ${formatCount(omitted, 'more span')}`)] : []),
  ];
}

/** Parents before their children, all by their start. A span whose parent is not known, or is its own descendant, stands at the left. However deep they are. */
function rowsOf(spans: readonly TraceSpan[]): readonly Row[] {
  const known = new Set(spans.map(({ spanId }) => spanId));
  const children = Map.groupBy(spans, ({ parentSpanId = '' }) => (known.has(parentSpanId) ? parentSpanId : ''));
  const left = new Set(spans);
  const rows: Row[] = [];
  const waiting: Row[] = at(children.get('') ?? [], 0);
  while (waiting.length > 0) {
    const row = waiting.pop()!;
    if (!left.delete(row.span)) continue;
    rows.push(row);
    waiting.push(...at(children.get(row.span.spanId) ?? [], row.depth + 1));
  }
  return [...rows, ...[...left].map((span) => ({ span, depth: 0 }))];
}

/** As a stack: the first one on top. */
const at = (spans: readonly TraceSpan[], depth: number): Row[] => spans.map((span) => ({ span, depth })).reverse();

function rowText({ span, depth }: Row, origin: number, paint: Paint): string {
  const offset = span.startedAt - origin;
  const gutter = `${offset < 0 ? '-' : '+'}${Math.abs(offset)}`.padStart(9);
  const took = formatDuration(span.durationMs).padStart(11);
  const text = `${'  '.repeat(Math.min(depth, DEEPEST))}${nameOf(span)}`;
  return `${paint('dim', gutter)}  ${took}  ${span.error === undefined ? text : paint('red', `${text}  ${errorText(span.error)}`)}`;
}

function nameOf({ remoteService, remoteOperation, name }: TraceSpan): string {
  if (remoteService === undefined) return escapeText(name);
  const operation = remoteOperation ?? (name === remoteService ? undefined : name);
  return escapeText(operation === undefined ? remoteService : `${remoteService}: ${operation}`);
}

const errorText = ({ type, message }: NonNullable<TraceSpan['error']>): string =>
  escapeText([type ?? 'failed', message].filter((part) => part !== undefined && part !== '').join(': '));
