import { isJsonObject, type JsonObject, known, numberOf, parseJsonObject, stringOf } from '../json-fields.ts';
import type { SpanRecord } from '../log-record.ts';

const DEEPEST = 50;

/** Whose code a subsegment is part of. */
interface Surroundings {
  readonly parentSpanId?: string | undefined;
  readonly serviceName?: string | undefined;
  readonly functionName?: string | undefined;
  readonly depth: number;
}

/**
 * A segment document of X-Ray with its subsegments as spans, parents before their children. What is no segment, is still in progress or lies deeper than
 * fifty levels is left out; never throws. https://docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html
 *
 * @param traceId as X-Ray writes it: `1-…-…`
 */
export function parseSegment(traceId: string, document: string | undefined): SpanRecord[] {
  const segment = parseJsonObject(document ?? '');
  return segment === undefined ? [] : spansOf(traceId, segment, { depth: 0 });
}

function spansOf(traceId: string, segment: JsonObject, around: Surroundings): SpanRecord[] {
  const spanId = stringOf(segment.id);
  const name = stringOf(segment.name);
  const startedAt = epochMs(segment.start_time);
  if (spanId === undefined || name === undefined || startedAt === undefined || around.depth > DEEPEST) return [];
  const call = callOf(segment, name);
  const own = {
    serviceName: around.serviceName ?? name,
    functionName: around.functionName ?? (isOfLambda(segment) ? name : undefined),
  };
  const below = {
    ...own,
    ...(call !== undefined && { serviceName: name, functionName: undefined }),
    parentSpanId: spanId,
    depth: around.depth + 1,
  };
  const nested = Array.isArray(segment.subsegments) ? segment.subsegments.filter(isJsonObject) : [];
  const children = nested.flatMap((each) => spansOf(traceId, each, below));
  const endedAt = epochMs(segment.end_time);
  if (endedAt === undefined) return children;
  const span = known<SpanRecord>({
    kind: 'span',
    traceId,
    spanId,
    parentSpanId: stringOf(segment.parent_id) ?? around.parentSpanId,
    name,
    startedAt: Math.floor(startedAt),
    endedAt: Math.floor(endedAt),
    durationMs: Math.max(0, toMicroseconds(endedAt - startedAt)),
    ...(call === undefined ? { ...own, ...invocationOf(segment) } : call),
    httpStatusCode: statusOf(segment.http),
    error: errorOf(segment),
  });
  return [span, ...children];
}

/** X-Ray's times are seconds with fractions. */
function epochMs(seconds: unknown): number | undefined {
  const known = numberOf(seconds);
  return known === undefined ? undefined : known * 1000;
}

/** What lies below is a double's, not the clock's. */
const toMicroseconds = (ms: number): number => Math.round(ms * 1000) / 1000;

const isOfLambda = ({ origin }: JsonObject): boolean => stringOf(origin)?.startsWith('AWS::Lambda') === true;

/** A subsegment with a namespace, `aws` or `remote`, is a call of somebody else. */
function callOf({ namespace, aws }: JsonObject, name: string) {
  if (stringOf(namespace) === undefined) return undefined;
  const operation = isJsonObject(aws) ? stringOf(aws.operation) : undefined;
  return { spanKind: 'client' as const, remoteService: name, remoteOperation: operation };
}

function invocationOf({ aws, resource_arn }: JsonObject) {
  const details = isJsonObject(aws) ? aws : {};
  return {
    requestId: stringOf(details.request_id),
    functionArn: stringOf(details.function_arn) ?? stringOf(resource_arn),
  };
}

function statusOf(http: unknown): number | undefined {
  const response = isJsonObject(http) ? http.response : undefined;
  const status = isJsonObject(response) ? numberOf(response.status) : undefined;
  return Number.isInteger(status) ? status : undefined;
}

function errorOf({ fault, error, throttle, cause }: JsonObject): SpanRecord['error'] {
  if (fault !== true && error !== true && throttle !== true) return undefined;
  const exceptions =
    isJsonObject(cause) && Array.isArray(cause.exceptions) ? cause.exceptions.filter(isJsonObject) : [];
  const [first = {}] = exceptions;
  return known({
    type: stringOf(first.type) ?? (throttle === true ? 'throttled' : undefined),
    message: stringOf(first.message),
  });
}
