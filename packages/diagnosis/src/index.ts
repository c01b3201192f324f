export {
  type Assessment,
  assessFunction,
  type FindingChange,
  findingsIn,
  type News,
} from './assess/assess-function.ts';
export type { FunctionContext } from './assess/function-context.ts';
export { type FunctionState, migrateFunctionState, newFunctionState } from './assess/function-state.ts';
export { groupFindings } from './assess/group-findings.ts';
export { type MessageCall, repeatedMessages } from './findings/failures/repeated-messages.ts';
export { calleeOf, DECISIVE_SHARE } from './findings/latency/traced-dependency.ts';
export { rightSize } from './right-size/right-size.ts';
export type { Bounds, RightSize, SizeEstimate } from './right-size/size-estimate.ts';
export { type SizeTraffic, trafficBySize } from './right-size/traffic-by-size.ts';
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
export { IDLE_IN_TRANSACTION, withHeldConnections } from './root-cause/traces/held-connections.ts';
export { requestsOf } from './root-cause/traces/requests-of.ts';
export type { RejectedSpan, Span, SpanRejection } from './root-cause/traces/span.ts';
export { aroundFinding } from './templates/around-finding.ts';
export { explain, summarise } from './templates/explain.ts';
export { sayChange } from './templates/say-change.ts';
export type { Fact } from './windows/fact.ts';
export type { WindowRefusal } from './windows/observe-window.ts';
export { readSketch, type SketchBins } from './windows/read-sketch.ts';
export type { AssessedWindow, MetricFigures, MetricMinute, WindowFigures } from './windows/window-input.ts';
