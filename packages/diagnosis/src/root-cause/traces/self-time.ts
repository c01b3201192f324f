import { lengthOf, unionWithin } from '../../waterfall/intervals.ts';
import type { LinkedSpan, LinkedTrace, Span } from './span.ts';

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
  const timeOf = ({ startMs, durationMs }: Span) => ({ from: startMs, to: startMs + durationMs });
  return Math.max(0, span.durationMs - lengthOf(unionWithin(children.map(timeOf), timeOf(span))));
}

function isOwnError({ span, children }: LinkedSpan): boolean {
  return span.isError && !children.some(({ isError }) => isError);
}
