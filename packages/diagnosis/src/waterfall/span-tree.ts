import type { TraceSpan } from '@lamplighter/contracts';

/** A span and what hangs below it, by start. */
export interface SpanNode {
  /** Of this span alone, and the same each time: ids may be claimed twice. */
  readonly key: string;
  readonly span: TraceSpan;
  /** Its parent is named and not known. */
  readonly isOrphan: boolean;
  readonly children: readonly SpanNode[];
}

interface Growing extends SpanNode {
  readonly children: Growing[];
  /** What it hangs below, at whatever distance: itself, as long as it hangs below nothing. */
  above: Growing;
}

/**
 * The spans of a request, each below the one that called it; gives those that hang below none, by start. None is lost: one whose parent is not known stands by itself, of spans in a circle
 * the first is the top, and of two that claim one id the first is the parent. O(n log n), however deep.
 */
export function spanTree(spans: readonly TraceSpan[]): readonly SpanNode[] {
  const nodes = growing(spans);
  const byId = new Map<string, Growing>();
  for (const node of nodes) if (!byId.has(idOf(node.span))) byId.set(idOf(node.span), node);
  const parents = new Map<Growing, Growing>();
  // The last one first: then it is the first of a circle that finds itself above its parent.
  for (const node of nodes.toReversed()) {
    const parent = byId.get(parentIdOf(node.span));
    if (parent === undefined || topOf(parent) === node) continue;
    node.above = parent;
    parents.set(node, parent);
  }
  for (const node of nodes) parents.get(node)?.children.push(node);
  return nodes.filter((node) => !parents.has(node));
}

function growing(spans: readonly TraceSpan[]): Growing[] {
  const ids = new Set(spans.map(idOf));
  const seen = new Map<string, number>();
  return spans
    .toSorted((a, b) => a.startedAt - b.startedAt)
    .map((span) => {
      const id = idOf(span);
      const times = seen.get(id) ?? 0;
      seen.set(id, times + 1);
      const isOrphan = span.parentSpanId !== undefined && !ids.has(parentIdOf(span));
      const node = { key: times === 0 ? id : `${id}#${times}`, span, isOrphan, children: [] };
      return Object.assign(node, { above: node as unknown as Growing });
    });
}

const idOf = ({ traceId, spanId }: TraceSpan): string => `${traceId}/${spanId}`;
const parentIdOf = ({ traceId, parentSpanId }: TraceSpan): string => `${traceId}/${parentSpanId ?? ''}`;

/** Halves the way as it goes, so that a chain is not climbed over and over. */
function topOf(node: Growing): Growing {
  let at = node;
  while (at.above !== at) {
    at.above = at.above.above;
    at = at.above;
  }
  return at;
}

/** Nodes from the top down, parents before what hangs below them, with their parents. */
export function walkDown(
  roots: readonly SpanNode[],
): readonly { readonly node: SpanNode; readonly parent?: SpanNode }[] {
  const walked: { readonly node: SpanNode; readonly parent?: SpanNode }[] = [];
  const open: { readonly node: SpanNode; readonly parent?: SpanNode }[] = roots.map((node) => ({ node })).reverse();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    walked.push(next);
    const { node: parent } = next;
    for (const node of parent.children.toReversed()) open.push({ node, parent });
  }
  return walked;
}
