import type { LinkedSpan, LinkedTrace } from './span.ts';

/** What one segment (a service's operation) did in one trace. */
export interface SegmentWork {
  readonly selfMs: number;
  /** Errors that came from no failed child. */
  readonly ownErrors: number;
}

/** A segment's key: spans of the same service and name are the same segment. */
export const segmentKey = ({ service, name }: { service: string; name: string }): string =>
  JSON.stringify([service, name]);

/** Self time and own errors of each segment of a trace, spans of the same segment added up. */
export function workOfSegments({ spans }: LinkedTrace): ReadonlyMap<string, SegmentWork> {
  const work = new Map<string, SegmentWork>();
  for (const linked of spans) {
    const key = segmentKey(linked.span);
    const before = work.get(key);
    work.set(key, {
      selfMs: (before?.selfMs ?? 0) + selfTime(linked),
      ownErrors: (before?.ownErrors ?? 0) + (isOwnError(linked) ? 1 : 0),
    });
  }
  return work;
}

/**
 * Milliseconds of a span in which none of its children ran: its duration less the union of their intervals, cut to its own.
 * Children may run at the same time, and longer than the span that started them. O(children log children).
 */
export function selfTime({ span, children }: LinkedSpan): number {
  const end = span.startMs + span.durationMs;
  const intervals = children
    .map((child) => ({
      from: Math.max(child.startMs, span.startMs),
      to: Math.min(child.startMs + child.durationMs, end),
    }))
    .filter(({ from, to }) => to > from)
    .sort((a, b) => a.from - b.from);
  let covered = 0;
  let reached = span.startMs;
  for (const { from, to } of intervals) {
    if (to <= reached) continue;
    covered += to - Math.max(from, reached);
    reached = to;
  }
  return Math.max(0, span.durationMs - covered);
}

function isOwnError({ span, children }: LinkedSpan): boolean {
  return span.isError && !children.some(({ isError }) => isError);
}
