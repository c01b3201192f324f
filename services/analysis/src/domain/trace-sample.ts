import type { Fact } from '@lamplighter/diagnosis';
import { compareSegments, type Span, withHeldConnections } from '@lamplighter/diagnosis';

/** Spans of some requests of a function, of before and since. */
export interface TraceSample {
  readonly spans: readonly Span[];
}

/** A segment that explains less of a delay than this is not worth naming. */
const LEAST_SHARE = 0.2;
/** Of each kind: a function remembers eight facts. */
const MOST = 2;

/** What the traces tell: the segments whose own time or own errors grew, as facts of the function, the greatest share first. */
export function dependencyFacts(
  { spans }: TraceSample,
  {
    onset,
    observedAt,
    functionName,
  }: { readonly onset: number; readonly observedAt: number; readonly functionName: string },
): Fact[] {
  const { segments } = compareSegments(withHeldConnections(spans), { onset, observedAt });
  const traceIds = [...new Set(spans.filter(({ startMs }) => startMs >= onset).map(({ traceId }) => traceId))].slice(
    0,
    3,
  );
  const callees = segments.filter(({ service }) => service !== functionName);
  const slow = callees
    .filter(({ explainedShare }) => explainedShare >= LEAST_SHARE)
    .slice(0, MOST)
    .map(({ service, name, selfBeforeMs, selfAfterMs, explainedShare }) => ({
      kind: 'dependency' as const,
      id: `${service}/${name}/${onset}`,
      at: onset,
      name: calleeOf(service, name),
      beforeMs: selfBeforeMs,
      afterMs: selfAfterMs,
      share: Math.min(1, Math.max(0, explainedShare)),
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
      name: calleeOf(service, name),
      errorsBefore,
      errorsAfter,
      share: Math.min(1, explainedErrorShare),
      traceIds,
    }));
  return [...slow, ...refusing];
}

const calleeOf = (service: string, name: string): string => (name === service ? service : `${service}: ${name}`);
