import type { Span } from './span.ts';

/** The request that a span is part of: its trace, and within which times the span that is above it ran. */
interface Within {
  readonly traceId: string;
  readonly from: number;
  readonly to: number;
}

/**
 * The spans of a service's own requests, each request as a trace whose root is the service's own span: who called it, and what ran beside or after it, is none of its time.
 * What lies below is cut to the times of the span that it hangs below, so that a child which goes on after its parent has answered, or starts later, explains nothing of the parent's duration.
 * A trace without a span of the service, or one whose span hangs below no root, has no request: nobody knows which of its time the service took. O(spans).
 */
export function requestsOf(spans: readonly Span[], service: string): readonly Span[] {
  return [...Map.groupBy(spans, ({ traceId }) => traceId).values()].flatMap((trace) => requestsIn(trace, service));
}

function requestsIn(trace: readonly Span[], service: string): Span[] {
  const known = new Set(trace.map(({ spanId }) => spanId));
  const children = Map.groupBy(trace, ({ parentId }) => parentId ?? '');
  const requests: Span[] = [];
  const open: { readonly span: Span; readonly within?: Within }[] = trace
    .filter(({ parentId }) => parentId === undefined || !known.has(parentId))
    .map((span) => ({ span }))
    .reverse();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { span, within } = next;
    // Of two spans of one id the first counts, and what hangs below it is met once.
    if (!known.delete(span.spanId)) continue;
    const cut = within === undefined ? rootOf(span, service) : cutTo(span, within);
    if (cut === 'outside') continue;
    if (cut !== undefined) requests.push(cut);
    const below = (children.get(span.spanId) ?? []).toReversed();
    open.push(...below.map((child) => ({ span: child, ...(cut !== undefined && { within: timesOf(cut) }) })));
  }
  return requests;
}

const timesOf = ({ traceId, startMs, durationMs }: Span): Within => ({
  traceId,
  from: startMs,
  to: startMs + durationMs,
});

function rootOf(span: Span, service: string): Span | undefined {
  if (span.service !== service) return undefined;
  const { parentId: _caller, ...root } = span;
  return { ...root, traceId: `${span.traceId}/${span.spanId}` };
}

function cutTo(span: Span, { traceId, from, to }: Within): Span | 'outside' {
  const startMs = Math.max(span.startMs, from);
  const endMs = Math.min(span.startMs + span.durationMs, to);
  return endMs >= startMs ? { ...span, traceId, startMs, durationMs: endMs - startMs } : 'outside';
}
