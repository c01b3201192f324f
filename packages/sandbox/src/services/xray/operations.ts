import type { RestJsonInput, RestJsonOperation } from '../../core/protocols/rest-json-protocol.ts';
import { ApiError, type ServiceContext } from '../../core/service.ts';
import { parseFilter } from './filter-expression.ts';
import { isProblem, parseSegment } from './segment.ts';
import type { Destination, TraceDestination } from './trace-destination.ts';
import { assemble, type Trace } from './trace-store.ts';
import { summarize } from './trace-summary.ts';

const MOST_TRACES_A_CALL = 5;
const MOST_SEGMENTS_A_CALL = 50;
const SUMMARIES_A_PAGE = 100;

/** X-Ray's reads and writes of traces, and where segments go. Source: X-Ray API Reference. */
export function xrayOperations(
  target: TraceDestination,
  context: ServiceContext,
): Readonly<Record<string, RestJsonOperation>> {
  const operation = (
    name: string,
    route: string,
    handle: (body: RestJsonInput['body']) => unknown,
  ): [string, RestJsonOperation] => [
    name,
    {
      method: 'POST',
      route,
      permissions: () => [{ action: `xray:${name}`, resource: '*' }],
      handle: ({ body }) => handle(body),
    },
  ];
  const shown = () => ({ Destination: target.destination, Status: 'ACTIVE' });
  return Object.fromEntries([
    operation('PutTraceSegments', '/TraceSegments', (body) => putSegments(target, body)),
    operation('BatchGetTraces', '/Traces', (body) => getTraces(target, body)),
    operation('GetTraceSummaries', '/TraceSummaries', (body) => getSummaries(target, context, body)),
    operation('GetTraceSegmentDestination', '/GetTraceSegmentDestination', shown),
    operation('UpdateTraceSegmentDestination', '/UpdateTraceSegmentDestination', ({ Destination: destination }) => {
      if (destination !== 'XRay' && destination !== 'CloudWatchLogs')
        throw invalid(`Invalid destination ${String(destination)}.`);
      target.destination = destination as Destination;
      return shown();
    }),
    operation('PutTelemetryRecords', '/TelemetryRecords', () => ({})),
  ]);
}

function putSegments(target: TraceDestination, body: RestJsonInput['body']) {
  const documents = (body.TraceSegmentDocuments ?? []) as readonly string[];
  if (documents.length > MOST_SEGMENTS_A_CALL) throw invalid(`A call puts at most ${MOST_SEGMENTS_A_CALL} segments.`);
  const parsed = documents.map(parseSegment);
  for (const document of parsed) if (!isProblem(document)) target.receive(document);
  return {
    UnprocessedTraceSegments: parsed.filter(isProblem).map(({ id, code, message }) => ({
      ...(id === undefined ? {} : { Id: id }),
      ErrorCode: code,
      Message: message,
    })),
  };
}

/** Traces that are not known are left out of the answer. */
function getTraces({ traces }: TraceDestination, body: RestJsonInput['body']) {
  const ids = (body.TraceIds ?? []) as readonly string[];
  if (ids.length > MOST_TRACES_A_CALL)
    throw invalid(`Maximum number of trace IDs that can be retrieved is ${MOST_TRACES_A_CALL}.`);
  return {
    Traces: ids.flatMap((id) => traces.get(id) ?? []).map(traceShape),
    UnprocessedTraceIds: [],
  };
}

function traceShape(trace: Trace) {
  const segments = assemble(trace);
  const start = Math.min(...segments.map(({ start_time: at }) => at));
  const end = Math.max(...segments.map(({ end_time: at, start_time: from }) => at ?? from));
  return {
    Id: trace.id,
    Duration: Math.round((end - start) * 1000) / 1000,
    LimitExceeded: false,
    Segments: segments.map((segment) => ({ Id: segment.id, Document: JSON.stringify(segment) })),
  };
}

const KNOWN = ['StartTime', 'EndTime', 'TimeRangeType', 'FilterExpression', 'NextToken', 'Sampling'];

function getSummaries({ traces }: TraceDestination, { accountId, clock }: ServiceContext, body: RestJsonInput['body']) {
  const unknown = Object.keys(body).filter((name) => !KNOWN.includes(name));
  if (unknown.length > 0) throw invalid(`The sandbox does not emulate GetTraceSummaries ${unknown.join(', ')}.`);
  if ((body.TimeRangeType ?? 'TraceId') === 'Service')
    throw invalid('The sandbox does not emulate TimeRangeType Service.');
  const [from, to] = [Number(body.StartTime), Number(body.EndTime)];
  if (!(from < to)) throw invalid('StartTime must be before EndTime.');
  const matches = parseFilterOf(body.FilterExpression);
  // The time of a trace is in its id (`TraceId`); `Event` means the times of its segments.
  const isEvent = body.TimeRangeType === 'Event';
  const all = traces
    .all()
    .map((trace) => summarize(trace, accountId))
    .filter(({ Id, StartTime }) => {
      const at = isEvent ? StartTime : Number.parseInt(Id.slice(2, 10), 16);
      return at >= Math.floor(from) && at <= to;
    })
    .filter(matches);
  const start = Number(body.NextToken ?? 0);
  const end = start + SUMMARIES_A_PAGE;
  return {
    TraceSummaries: all.slice(start, end),
    TracesProcessedCount: all.length,
    ApproximateTime: clock.now() / 1000,
    ...(end < all.length ? { NextToken: String(end) } : {}),
  };
}

const parseFilterOf = (expression: unknown): ReturnType<typeof parseFilter> =>
  typeof expression === 'string' && expression.trim() !== '' ? parseFilter(expression) : () => true;

const invalid = (message: string): ApiError => new ApiError('InvalidRequestException', message);
