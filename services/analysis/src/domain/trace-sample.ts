import type { Fact } from '@lamplighter/diagnosis';
import {
  calleeOf,
  compareSegments,
  DECISIVE_SHARE,
  IDLE_IN_TRANSACTION,
  requestsOf,
  type SegmentChange,
  type Span,
  withHeldConnections,
} from '@lamplighter/diagnosis';
import { farOutRequests } from './far-out-requests.ts';
import { momentsOf } from './moments-of.ts';

/** Spans of some requests of a function, of before and since. */
export interface TraceSample {
  readonly spans: readonly Span[];
}

/** What traces are asked for. Epoch milliseconds. */
export interface TraceQuestion {
  /** Divides the requests into those of before and those since. */
  readonly onset: number;
  readonly observedAt: number;
  /** When what they tell is told; the onset where absent. */
  readonly toldAt?: number;
  readonly functionName: string;
}

/** A segment that explains less of a delay than this is not worth naming. */
const LEAST_SHARE = 0.2;
/** Callees, segments of each, and refusing segments: a function remembers eight facts. */
const MOST = 2;
/** Of one request nothing is told that all of them together do not show. */
const LEAST_FAR_OUT = 2;
/** Of the time that was added to the slow requests alone. */
const MAIN_SHARE = 2 / 3;

/**
 * What the traces tell: the segments whose own time or own errors grew, as facts of the function, the greatest share first. Only the function's own requests count, from its own span down:
 * what its callers did around it, and what it started and did not wait for, made it no slower; a trace without its span says nothing of it. Whether time was added is judged by callee, all its
 * segments together: who waits for a database waits in whatever is asked of it next, and each statement alone would prove little. Where all requests together name nobody, those that are far out
 * are asked alone.
 */
export function dependencyFacts({ spans }: TraceSample, question: TraceQuestion): Fact[] {
  const { onset, toldAt: at = onset, functionName } = question;
  const requests = withHeldConnections(requestsOf(spans, functionName));
  const isOfSince = (span: Span): boolean => span.service === functionName && span.startMs >= onset;
  const traceIds = [...new Set(spans.filter(isOfSince).map(({ traceId }) => traceId))].slice(0, 3);
  const slow = slowSegments(requests, question).map((each) => ({
    kind: 'dependency' as const,
    id: `${each.service}/${each.name}/${at}`,
    at,
    name: segmentNameOf(each.service, each.name),
    beforeMs: each.selfBeforeMs,
    afterMs: each.selfAfterMs,
    share: Math.min(1, Math.max(0, each.explainedShare)),
    surprise: Number(each.partSurprise.toFixed(1)),
    moments: momentsOf(each, requests, onset),
    traceIds,
  }));
  const refusing = segmentsOf(requests, question)
    .filter(({ explainedErrorShare }) => explainedErrorShare >= LEAST_SHARE)
    .sort((a, b) => b.explainedErrorShare - a.explainedErrorShare)
    .slice(0, MOST)
    .map(({ service, name, errorsBefore, errorsAfter, explainedErrorShare }) => ({
      kind: 'refusing-dependency' as const,
      id: `${service}/${name}/${at}/errors`,
      at,
      name: segmentNameOf(service, name),
      errorsBefore,
      errorsAfter,
      share: Math.min(1, explainedErrorShare),
      traceIds,
    }));
  return [...slow, ...refusing];
}

function slowSegments(requests: readonly Span[], question: TraceQuestion): readonly SegmentChange[] {
  const { spans: farOut, count } = farOutRequests(requests, question.onset);
  const whole = slowCallees(requests, question);
  if (count < LEAST_FAR_OUT || whole.some(({ explainedShare }) => explainedShare >= DECISIVE_SHARE))
    return partsOf(whole, requests, question);
  // Chosen for being slow, they prove no slow-down: they only tell where the time went, and any noise has its share of them.
  const main = slowCallees(farOut, question).filter(({ explainedShare }) => explainedShare >= MAIN_SHARE);
  return partsOf(main, farOut, question).map((each) => ({ ...each, partSurprise: 0 }));
}

const segmentsOf = (spans: readonly Span[], question: TraceQuestion): readonly SegmentChange[] =>
  compareSegments(spans, question).segments.filter(({ service }) => service !== question.functionName);

const slowCallees = (spans: readonly Span[], question: TraceQuestion): readonly SegmentChange[] =>
  segmentsOf(spans.map(asCallee), question)
    .filter(({ explainedShare }) => explainedShare >= LEAST_SHARE)
    .slice(0, MOST);

function partsOf(callees: readonly SegmentChange[], spans: readonly Span[], question: TraceQuestion): SegmentChange[] {
  const segments = segmentsOf(spans, question);
  return callees.flatMap((callee) => slowestOf(callee, segments));
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
