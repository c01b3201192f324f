export type { Evidence, EvidenceKind, RankedCause, RootCauseAnswer } from './root-cause/answer.ts';
export type {
  CallEdge,
  MetricPoint,
  NodeSeries,
  RootCauseQuestion,
  ServiceGraph,
  ServiceNode,
} from './root-cause/question.ts';
export { rankCauses } from './root-cause/rank-causes.ts';
export { compareSegments, type SegmentChange, type SegmentComparison } from './root-cause/traces/compare-segments.ts';
export type { RejectedSpan, Span, SpanRejection } from './root-cause/traces/span.ts';
