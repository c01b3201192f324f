import type { Segment, TraceSegment } from './segment.ts';

export interface SpanContext {
  readonly accountId: string;
  readonly region: string;
}

/**
 * A segment and its subsegments as spans of the log group `aws/spans`, one line each: OpenTelemetry's ids, times in nanoseconds, attributes
 * by its semantic conventions. Source: CloudWatch User Guide, "Transaction Search"; OpenTelemetry, "AWS Lambda" conventions.
 */
export function spansOf(document: TraceSegment, context: SpanContext): readonly string[] {
  const traceId = document.trace_id.slice(2).replace('-', '');
  const resource = { attributes: resourceAttributes(document, context) };
  const spans = (segment: Segment, parentSpanId: string | undefined): readonly object[] => [
    { resource, scope: { name: 'xray' }, traceId, ...span(segment, parentSpanId) },
    ...(segment.subsegments ?? []).flatMap((nested) => spans(nested, segment.id)),
  ];
  return spans(document, document.parent_id).map((line) => JSON.stringify(line));
}

function span(segment: Segment, parentSpanId: string | undefined) {
  const { id, name, start_time: start, end_time: end = start } = segment;
  const startNanos = Math.round(start * 1e6) * 1000;
  const endNanos = Math.round(end * 1e6) * 1000;
  return {
    spanId: id,
    ...(parentSpanId === undefined ? {} : { parentSpanId }),
    flags: 1,
    name,
    kind: kindOf(segment),
    startTimeUnixNano: startNanos,
    endTimeUnixNano: endNanos,
    durationNano: Math.round((end - start) * 1e6) * 1000,
    attributes: attributesOf(segment),
    ...eventsOf(segment, endNanos),
    status: { code: segment.fault || segment.error ? 'ERROR' : 'UNSET' },
  };
}

/** A segment serves; a subsegment calls AWS or another service, or is work of its own. */
function kindOf(segment: Segment): 'SERVER' | 'CLIENT' | 'INTERNAL' {
  if (isCall(segment)) return 'CLIENT';
  return segment.trace_id !== undefined && segment.type !== 'subsegment' ? 'SERVER' : 'INTERNAL';
}

const isCall = ({ namespace }: Segment): boolean => namespace === 'aws' || namespace === 'remote';

function resourceAttributes(
  { name, origin, aws, resource_arn: arn }: TraceSegment,
  { accountId, region }: SpanContext,
) {
  const functionArn = aws?.function_arn ?? arn;
  const isLambda = origin?.startsWith('AWS::Lambda') === true;
  return {
    'service.name': name,
    'cloud.provider': 'aws',
    'cloud.account.id': accountId,
    'cloud.region': region,
    ...(isLambda ? { 'cloud.platform': 'aws_lambda', 'faas.name': name, 'cloud.resource_id': functionArn } : {}),
    ...(origin === undefined ? {} : { 'aws.service.type': origin }),
  };
}

function attributesOf(segment: Segment): Readonly<Record<string, unknown>> {
  const { http, aws, annotations, namespace, origin } = segment;
  const { method, url } = http?.request ?? {};
  const calls = isCall(segment);
  const attributes = {
    'aws.xray.type': segment.trace_id === undefined || segment.type === 'subsegment' ? 'subsegment' : 'segment',
    'aws.xray.origin': origin,
    'faas.invocation_id': aws?.request_id !== undefined && !calls ? aws.request_id : undefined,
    'aws.request_id': calls ? aws?.request_id : undefined,
    'aws.remote.service': calls ? segment.name : undefined,
    'aws.remote.operation': calls ? aws?.operation : undefined,
    'rpc.system': namespace === 'aws' ? 'aws-api' : undefined,
    'rpc.service': namespace === 'aws' ? segment.name : undefined,
    'rpc.method': namespace === 'aws' ? aws?.operation : undefined,
    'http.request.method': method,
    'url.full': url,
    'http.response.status_code': http?.response?.status,
    ...annotations,
  };
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
}

interface Cause {
  readonly exceptions?: readonly { readonly type?: string; readonly message?: string }[];
}

function eventsOf({ cause }: Segment, timeUnixNano: number) {
  const { exceptions = [] } = ((typeof cause === 'object' ? cause : undefined) ?? {}) as Cause;
  if (exceptions.length === 0) return {};
  return {
    events: exceptions.map(({ type = '', message = '' }) => ({
      name: 'exception',
      timeUnixNano,
      attributes: { 'exception.type': type, 'exception.message': message },
    })),
  };
}
