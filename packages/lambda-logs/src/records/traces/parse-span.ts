import { isJsonObject, type JsonObject, known, numberOf, stringOf } from '../json-fields.ts';
import type { SpanKind, SpanRecord } from '../log-record.ts';

const NANOS_PER_MS = 1_000_000;

/**
 * A span of the `aws/spans` log group (Transaction Search), in OpenTelemetry's semantic convention: ids, nanosecond times, attributes.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Transaction-Search.html
 */
export function parseSpan(line: JsonObject): SpanRecord | undefined {
  const traceId = stringOf(line.traceId);
  const spanId = stringOf(line.spanId);
  const startedAt = nanosToMs(line.startTimeUnixNano);
  const endedAt = nanosToMs(line.endTimeUnixNano);
  if (traceId === undefined || spanId === undefined || startedAt === undefined || endedAt === undefined)
    return undefined;
  const attributes = attributesOf(line.attributes);
  const resource = isJsonObject(line.resource) ? attributesOf(line.resource.attributes) : {};
  const nanos = nanosBetween(line.startTimeUnixNano, line.endTimeUnixNano);
  return known<SpanRecord>({
    kind: 'span',
    traceId,
    spanId,
    parentSpanId: stringOf(line.parentSpanId),
    name: stringOf(line.name) ?? '',
    startedAt,
    endedAt,
    durationMs: nanos ?? endedAt - startedAt,
    requestId: stringOf(attributes['faas.invocation_id']) ?? stringOf(attributes['faas.execution']),
    functionArn:
      stringOf(attributes['cloud.resource_id']) ??
      stringOf(resource['cloud.resource_id']) ??
      stringOf(resource['faas.id']),
    functionName: stringOf(resource['faas.name']) ?? stringOf(attributes['faas.name']),
    serviceName: stringOf(resource['service.name']),
    spanKind: spanKindOf(line.kind),
    remoteService:
      stringOf(attributes['aws.remote.service']) ??
      stringOf(attributes['peer.service']) ??
      stringOf(attributes['rpc.service']) ??
      stringOf(attributes['db.system']),
    remoteOperation: stringOf(attributes['aws.remote.operation']) ?? stringOf(attributes['rpc.method']),
    httpStatusCode:
      wholeNumberOf(attributes['http.response.status_code']) ?? wholeNumberOf(attributes['http.status_code']),
    error: errorOf(line, attributes),
  });
}

const SPAN_KINDS: readonly SpanKind[] = ['internal', 'server', 'client', 'producer', 'consumer'];

/** `SERVER`, OTLP's `SPAN_KIND_SERVER`, or OTLP's number, where 1 is internal (opentelemetry-proto, trace.proto). */
function spanKindOf(kind: unknown): SpanKind | undefined {
  if (typeof kind === 'number') return SPAN_KINDS[kind - 1];
  const name = stringOf(kind)
    ?.toLowerCase()
    .replace(/^span_kind_/, '');
  return SPAN_KINDS.find((known) => known === name);
}

/** A number as OTLP's JSON writes 64-bit integers, or as it is. */
function wholeNumberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : numberOf(value);
  return Number.isInteger(number) ? number : undefined;
}

function nanosToMs(value: unknown): number | undefined {
  const nanos = typeof value === 'string' && /^\d{1,20}$/.test(value) ? Number(value) : numberOf(value);
  return nanos === undefined ? undefined : Math.floor(nanos / NANOS_PER_MS);
}

/** Nanoseconds since 1970 exceed a double's digits, so the difference is taken in whole numbers where they came as text. */
function nanosBetween(start: unknown, end: unknown): number | undefined {
  if (typeof start !== 'string' || typeof end !== 'string') return undefined;
  return Number(BigInt(end) - BigInt(start)) / NANOS_PER_MS;
}

/** Attributes come as an object, or as OTLP's list of `{key, value: {stringValue}}`. */
function attributesOf(attributes: unknown): JsonObject {
  if (isJsonObject(attributes)) return attributes;
  if (!Array.isArray(attributes)) return {};
  return Object.fromEntries(attributes.filter(isJsonObject).map(({ key, value }) => [String(key), otlpValue(value)]));
}

const otlpValue = (value: unknown): unknown =>
  isJsonObject(value) ? (value.stringValue ?? value.intValue ?? value.doubleValue ?? value.boolValue) : value;

function errorOf({ status, events }: JsonObject, attributes: JsonObject): SpanRecord['error'] {
  const exception = Array.isArray(events)
    ? events.filter(isJsonObject).find(({ name }) => name === 'exception')
    : undefined;
  const details = exception === undefined ? attributes : attributesOf(exception.attributes);
  const type = stringOf(details['exception.type']) ?? stringOf(attributes['error.type']);
  const code = isJsonObject(status) ? status.code : undefined;
  if (type === undefined && code !== 'ERROR' && code !== 'STATUS_CODE_ERROR' && code !== 2) return undefined;
  const said = isJsonObject(status) ? stringOf(status.message) : undefined;
  return known({ type, message: stringOf(details['exception.message']) ?? said });
}
