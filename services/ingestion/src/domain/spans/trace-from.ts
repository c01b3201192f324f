import type { Trace, TraceSpan } from '@lamplighter/contracts';
import { canonicalJson } from '../canonical-json.ts';

/** A function answers with at most 6 MB (Lambda quotas), and a story holds lines too. */
const MAX_CHARS = 1_000_000;

/** A trace from its spans: each once, by start, then by id; of two that claim one id the one that ended later. What an answer cannot hold is counted. */
export function traceFrom(traceId: string, stored: readonly TraceSpan[]): Trace {
  const byId = new Map<string, TraceSpan>();
  for (const span of stored) {
    const other = byId.get(span.spanId);
    if (!other || isLater(span, other)) byId.set(span.spanId, span);
  }
  const ordered = [...byId.values()].sort((a, b) => a.startedAt - b.startedAt || (a.spanId < b.spanId ? -1 : 1));
  let room = MAX_CHARS;
  const spans = ordered.filter((span) => {
    room -= JSON.stringify(span).length;
    return room >= 0;
  });
  return { traceId, spans, spansOmitted: ordered.length - spans.length };
}

function isLater(a: TraceSpan, b: TraceSpan): boolean {
  return a.endedAt === b.endedAt ? canonicalJson(a) > canonicalJson(b) : a.endedAt > b.endedAt;
}
