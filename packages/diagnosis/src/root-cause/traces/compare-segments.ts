import { rankSurprise } from '../../statistics/rank-surprise.ts';
import { confidence } from '../attribution/own-excess.ts';
import { findRise } from './change-point.ts';
import { explainSegment } from './explain-segment.ts';
import { linkSpans } from './link-spans.ts';
import { type SegmentWork, segmentKey, workOfSegments } from './self-time.ts';
import type { LinkedTrace, RejectedSpan, Span } from './span.ts';
import { usualTraces } from './usual-traces.ts';

/** A segment whose own time, or own errors, grew. */
export interface SegmentChange {
  readonly service: string;
  readonly name: string;
  /** Mean of a trace, milliseconds. */
  readonly selfBeforeMs: number;
  readonly selfAfterMs: number;
  /** Own errors of a trace. */
  readonly errorsBefore: number;
  readonly errorsAfter: number;
  /** Growth of the mean self time in its standard errors. */
  readonly deviations: number;
  /** How unlikely so large a part of the traces that have it would be without a change of its own, -ln of a probability: what slows everything alike leaves parts as they were. */
  readonly partSurprise: number;
  /** Share of the additional duration of the traces that is this segment's self time, as far as its growth is to be believed: 0 to 1. */
  readonly explainedShare: number;
  /** Share of the additional own errors: 0 to 1. */
  readonly explainedErrorShare: number;
  /** Since when its self time is higher, from the traces themselves; the onset where they do not tell. Epoch milliseconds. */
  readonly since: number;
  readonly sentence: string;
}

/** Where traces became slower, or failed more, between two spans of time. */
export interface SegmentComparison {
  /** Most of the delay first; then most of the errors. */
  readonly segments: readonly SegmentChange[];
  readonly tracesBefore: number;
  readonly tracesAfter: number;
  readonly durationBeforeMs: number;
  readonly durationAfterMs: number;
  readonly rejected: readonly RejectedSpan[];
}

interface TracedWork {
  readonly startMs: number;
  readonly work: ReadonlyMap<string, SegmentWork>;
  /** Self times of all segments, milliseconds. */
  readonly totalMs: number;
}

const NO_WORK: SegmentWork = { selfMs: 0, ownErrors: 0 };

/**
 * Which segments' self time grew from the traces before the onset to those since, and how much of the delay that explains. Self times of
 * a trace without parallel branches add up to its duration, so shares of the growth do too; a segment that a trace does not have took 0 ms.
 * The few traces of before that were far out, by a start from cold for instance, are no measure of the usual: see usualTraces.
 *
 * @param times epoch milliseconds: `onset` divides the traces by their starts; `observedAt` is when the spans were read
 */
export function compareSegments(
  spans: readonly Span[],
  times: { readonly onset: number; readonly observedAt: number },
): SegmentComparison {
  const { traces, rejected } = linkSpans(spans, times.observedAt);
  const [before, after] = [
    usualTraces(traces.filter(({ startMs }) => startMs < times.onset)),
    traces.filter(({ startMs }) => startMs >= times.onset),
  ];
  const durationBeforeMs = mean(before.map(({ durationMs }) => durationMs));
  const durationAfterMs = mean(after.map(({ durationMs }) => durationMs));
  const totals = {
    tracesBefore: before.length,
    tracesAfter: after.length,
    durationBeforeMs,
    durationAfterMs,
    rejected,
  };
  if (before.length === 0 || after.length === 0) return { segments: [], ...totals };
  return { segments: measureChanges(before, after, times.onset, durationAfterMs - durationBeforeMs), ...totals };
}

function measureChanges(
  before: readonly LinkedTrace[],
  after: readonly LinkedTrace[],
  onset: number,
  delayMs: number,
): readonly SegmentChange[] {
  const read = (traces: readonly LinkedTrace[]): readonly TracedWork[] =>
    traces.map((trace) => {
      const work = workOfSegments(trace);
      return { startMs: trace.startMs, work, totalMs: [...work.values()].reduce((sum, { selfMs }) => sum + selfMs, 0) };
    });
  const [earlier, later] = [read(before), read(after)];
  const segments = new Map(
    [...before, ...after].flatMap(({ spans }) => spans.map(({ span }) => [segmentKey(span), span] as const)),
  );
  const changes = [...segments].map(([key, { service, name }]) => ({
    service,
    name,
    ...measure(key, earlier, later, onset),
  }));
  const moreErrors = changes.reduce((sum, each) => sum + Math.max(0, each.errorsAfter - each.errorsBefore), 0);
  return changes
    .map((change) => ({
      ...change,
      explainedShare: shareOf((change.selfAfterMs - change.selfBeforeMs) * confidence(change.deviations), delayMs),
      explainedErrorShare: shareOf(change.errorsAfter - change.errorsBefore, moreErrors),
    }))
    .filter(({ explainedShare, explainedErrorShare }) => explainedShare > 0 || explainedErrorShare > 0)
    .sort((a, b) => b.explainedShare - a.explainedShare || b.explainedErrorShare - a.explainedErrorShare)
    .map((change) => ({ ...change, sentence: explainSegment(change) }));
}

function measure(key: string, earlier: readonly TracedWork[], later: readonly TracedWork[], onset: number) {
  const read = (traces: readonly TracedWork[]): readonly SegmentWork[] =>
    traces.map(({ work }) => work.get(key) ?? NO_WORK);
  const selfBefore = read(earlier).map(({ selfMs }) => selfMs);
  const selfAfter = read(later).map(({ selfMs }) => selfMs);
  const samples = [...earlier, ...later].map(({ startMs, work }) => ({
    at: startMs,
    value: work.get(key)?.selfMs ?? 0,
  }));
  return {
    selfBeforeMs: mean(selfBefore),
    selfAfterMs: mean(selfAfter),
    errorsBefore: mean(read(earlier).map(({ ownErrors }) => ownErrors)),
    errorsAfter: mean(read(later).map(({ ownErrors }) => ownErrors)),
    deviations: growthInStandardErrors(selfBefore, selfAfter),
    partSurprise: rankSurprise(partsOf(key, earlier), partsOf(key, later)),
    since: findRise(samples) ?? onset,
  };
}

/** Which part of each trace that has the segment is its own time. */
const partsOf = (key: string, traces: readonly TracedWork[]): number[] =>
  traces.flatMap(({ work, totalMs }) => {
    const own = work.get(key);
    return own === undefined || totalMs <= 0 ? [] : [own.selfMs / totalMs];
  });

/** Welch's t; a side of one trace, or without scatter, counts as scattered by a tenth of its mean, a microsecond at least. */
function growthInStandardErrors(before: readonly number[], after: readonly number[]): number {
  const error = Math.hypot(standardError(before), standardError(after));
  return Math.max(0, (mean(after) - mean(before)) / error);
}

function standardError(values: readonly number[]): number {
  const middle = mean(values);
  const scatter = Math.sqrt(
    values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / Math.max(1, values.length - 1),
  );
  return Math.max(scatter, middle / 10, 1e-3) / Math.sqrt(Math.max(1, values.length));
}

const shareOf = (part: number, whole: number): number => (whole > 0 ? Math.min(1, Math.max(0, part / whole)) : 0);
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
