import type { Fact } from '@lamplighter/diagnosis';
import { compareSegments, type Span } from '@lamplighter/diagnosis';

/** Spans of some requests of a function, of before and since. */
export interface TraceSample {
  readonly spans: readonly Span[];
}

/** A segment that explains less of a delay than this is not worth naming. */
const LEAST_SHARE = 0.2;

/** What the traces tell: the segments whose own time grew, as facts of the function, the greatest share first. */
export function dependencyFacts(
  { spans }: TraceSample,
  {
    onset,
    observedAt,
    functionName,
  }: { readonly onset: number; readonly observedAt: number; readonly functionName: string },
): Fact[] {
  const { segments } = compareSegments(spans, { onset, observedAt });
  const traceIds = [...new Set(spans.filter(({ startMs }) => startMs >= onset).map(({ traceId }) => traceId))].slice(
    0,
    3,
  );
  return segments
    .filter(({ explainedShare, service }) => explainedShare >= LEAST_SHARE && service !== functionName)
    .slice(0, 3)
    .map(({ service, name, selfBeforeMs, selfAfterMs, explainedShare }) => ({
      kind: 'dependency',
      id: `${service}/${name}/${onset}`,
      at: onset,
      name: name === service ? service : `${service}: ${name}`,
      beforeMs: selfBeforeMs,
      afterMs: selfAfterMs,
      share: Math.min(1, Math.max(0, explainedShare)),
      traceIds,
    }));
}
