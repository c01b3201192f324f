import type { Fact } from '@lamplighter/diagnosis';
import {
  calleeOf,
  compareSegments,
  IDLE_IN_TRANSACTION,
  type SegmentChange,
  type Span,
  withHeldConnections,
} from '@lamplighter/diagnosis';

/** Spans of some requests of a function, of before and since. */
export interface TraceSample {
  readonly spans: readonly Span[];
}

/** A segment that explains less of a delay than this is not worth naming. */
const LEAST_SHARE = 0.2;
/** Callees, segments of each, and refusing segments: a function remembers eight facts. */
const MOST = 2;

/**
 * What the traces tell: the segments whose own time or own errors grew, as facts of the function, the greatest share first. Whether time was added is judged by callee, all its
 * segments together: who waits for a database waits in whatever is asked of it next, and each statement alone would prove little.
 */
export function dependencyFacts(
  { spans }: TraceSample,
  {
    onset,
    observedAt,
    functionName,
  }: { readonly onset: number; readonly observedAt: number; readonly functionName: string },
): Fact[] {
  const told = withHeldConnections(spans);
  const { segments } = compareSegments(told, { onset, observedAt });
  const whole = compareSegments(told.map(asCallee), { onset, observedAt });
  const traceIds = [...new Set(spans.filter(({ startMs }) => startMs >= onset).map(({ traceId }) => traceId))].slice(
    0,
    3,
  );
  const callees = segments.filter(({ service }) => service !== functionName);
  const slow = whole.segments
    .filter(({ service, explainedShare }) => service !== functionName && explainedShare >= LEAST_SHARE)
    .slice(0, MOST)
    .flatMap((callee) => slowestOf(callee, callees))
    .map(({ service, name, selfBeforeMs, selfAfterMs, explainedShare, partSurprise }) => ({
      kind: 'dependency' as const,
      id: `${service}/${name}/${onset}`,
      at: onset,
      name: segmentNameOf(service, name),
      beforeMs: selfBeforeMs,
      afterMs: selfAfterMs,
      share: Math.min(1, Math.max(0, explainedShare)),
      surprise: Number(partSurprise.toFixed(1)),
      traceIds,
    }));
  const refusing = callees
    .filter(({ explainedErrorShare }) => explainedErrorShare >= LEAST_SHARE)
    .sort((a, b) => b.explainedErrorShare - a.explainedErrorShare)
    .slice(0, MOST)
    .map(({ service, name, errorsBefore, errorsAfter, explainedErrorShare }) => ({
      kind: 'refusing-dependency' as const,
      id: `${service}/${name}/${onset}/errors`,
      at: onset,
      name: segmentNameOf(service, name),
      errorsBefore,
      errorsAfter,
      share: Math.min(1, explainedErrorShare),
      traceIds,
    }));
  return [...slow, ...refusing];
}

const asCallee = (span: Span): Span => ({ ...span, service: calleeOf(span.service), name: calleeOf(span.service) });

/** The segments that grew most of a callee's, each with its part of the callee's share; connections that are held before all, since no slow statement holds one. */
function slowestOf(callee: SegmentChange, segments: readonly SegmentChange[]): SegmentChange[] {
  const growth = (change: SegmentChange): number => change.selfAfterMs - change.selfBeforeMs;
  const own = segments.filter((each) => calleeOf(each.service) === callee.service);
  const parts = own
    .map((each) => ({ ...each, explainedShare: (callee.explainedShare * growth(each)) / growth(callee) }))
    .filter(({ explainedShare }) => explainedShare >= LEAST_SHARE * callee.explainedShare)
    .sort((a, b) => Number(isHeld(b)) - Number(isHeld(a)) || b.explainedShare - a.explainedShare);
  return parts.slice(0, MOST);
}

const isHeld = ({ name }: SegmentChange): boolean => name === IDLE_IN_TRANSACTION;

const segmentNameOf = (service: string, name: string): string => (name === service ? service : `${service}: ${name}`);
