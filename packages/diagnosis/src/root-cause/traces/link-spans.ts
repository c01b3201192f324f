import type { LinkedSpan, LinkedTrace, LinkedTraces, RejectedSpan, Span, SpanRejection } from './span.ts';

const MOST_MS = 8.64e15;
/** Clocks of two machines differ by so much at most. */
const CLOCK_SKEW_MS = 60_000;

/**
 * Spans in any order as traces; what cannot be used is named, and takes nothing else with it but what hangs below a cycle. O(spans log spans).
 *
 * @param observedAtMs when the spans were read: what starts more than a minute later is from the future
 */
export function linkSpans(spans: readonly Span[], observedAtMs: number): LinkedTraces {
  const linked = [...Map.groupBy(spans, ({ traceId }) => traceId)].map(([traceId, own]) =>
    linkTrace(traceId, own, observedAtMs),
  );
  return {
    traces: linked.flatMap(({ trace }) => trace ?? []).sort((a, b) => a.startMs - b.startMs),
    rejected: linked.flatMap(({ rejected }) => rejected),
  };
}

interface TraceAndRejects {
  readonly trace: LinkedTrace | undefined;
  readonly rejected: readonly RejectedSpan[];
}

function linkTrace(traceId: string, spans: readonly Span[], observedAtMs: number): TraceAndRejects {
  const rejected: RejectedSpan[] = [];
  const reject = (span: Span, reason: SpanRejection): void => {
    rejected.push({ traceId, spanId: span.spanId, reason });
  };
  const byId = new Map<string, Span>();
  for (const span of spans) {
    const reason = flawOf(span, observedAtMs) ?? (byId.has(span.spanId) ? 'duplicate' : undefined);
    if (reason === undefined) byId.set(span.spanId, span);
    else reject(span, reason);
  }
  const children = Map.groupBy(byId.values(), ({ parentId }) => parentId ?? '');
  const roots = [...byId.values()].filter(({ parentId }) => parentId === undefined || !byId.has(parentId));
  for (const root of roots) if (root.parentId !== undefined) reject(root, 'missing-parent');
  const reached = walk(roots, children);
  for (const span of byId.values()) if (!reached.has(span.spanId)) reject(span, 'cycle');
  return { trace: assemble(traceId, roots, [...reached.values()]), rejected };
}

function flawOf({ startMs, durationMs }: Span, observedAtMs: number): SpanRejection | undefined {
  const isTime = startMs >= 0 && startMs <= MOST_MS && durationMs >= 0 && durationMs <= MOST_MS;
  if (!isTime) return 'bad-time';
  return startMs > observedAtMs + CLOCK_SKEW_MS ? 'from-the-future' : undefined;
}

/** From the roots down; a span in a cycle is below no root. */
function walk(roots: readonly Span[], children: ReadonlyMap<string, readonly Span[]>): ReadonlyMap<string, LinkedSpan> {
  const reached = new Map<string, LinkedSpan>();
  const open = [...roots];
  for (let span = open.pop(); span !== undefined; span = open.pop()) {
    const own = children.get(span.spanId) ?? [];
    reached.set(span.spanId, { span, children: own });
    for (const child of own) open.push(child);
  }
  return reached;
}

function assemble(traceId: string, roots: readonly Span[], spans: readonly LinkedSpan[]): LinkedTrace | undefined {
  if (spans.length === 0) return undefined;
  return {
    traceId,
    startMs: spans.reduce((least, { span }) => Math.min(least, span.startMs), Number.POSITIVE_INFINITY),
    durationMs: roots.reduce((most, { durationMs }) => Math.max(most, durationMs), 0),
    spans,
  };
}
