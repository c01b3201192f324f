import { Buffer, isUtf8 } from 'node:buffer';
import type { LogBatch, LogEvent } from '../log-batch.ts';
import { type EventRejectReason, type RejectedEvent, type RejectedPayload, rejected } from '../reject-reason.ts';
import { isTooComplex } from './json-complexity.ts';
import { parseInPieces, textOf } from './parse-payload-json.ts';
import { decodeBase64, inflate } from './payload-bytes.ts';

/** What a payload may take. */
export interface DecodeLimits {
  /** Largest JSON accepted after inflation, bytes; 64 MiB unless told. CloudWatch Logs states no limit of its own. */
  readonly maxInflatedBytes?: number;
}

/** What a subscription payload was: a batch of log events, a control message, or one that is refused. */
export type DecodedPayload =
  | {
      readonly kind: 'data';
      readonly batch: LogBatch;
      /** Events of the payload that could not be kept; their neighbours are in `batch`. */
      readonly rejectedEvents: readonly RejectedEvent[];
    }
  /** A health check of the subscription's destination: nothing to do. */
  | { readonly kind: 'control'; readonly owner: string; readonly messages: readonly string[] }
  | RejectedPayload;

/** 64 MiB: what a payload may inflate to where the caller does not say. */
export const DEFAULT_MAX_INFLATED_BYTES = 64 * 1024 * 1024;
/** 9999-12-31T23:59:59.999Z: beyond it nothing can format the time. */
const LATEST_TIMESTAMP = 253_402_300_799_999;

/**
 * One CloudWatch Logs subscription payload: base64 text (`awslogs.data`), gzip bytes (a Kinesis record's decoded data), or JSON itself.
 * Never throws: what is not a payload comes back as `rejected` with its reason.
 * Format: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
 */
export function decodeSubscriptionPayload(data: string | Uint8Array, limits: DecodeLimits = {}): DecodedPayload {
  const maxInflatedBytes = limits.maxInflatedBytes ?? DEFAULT_MAX_INFLATED_BYTES;
  const raw = typeof data === 'string' ? textBytes(data) : { kind: 'bytes' as const, bytes: view(data) };
  if (raw.kind === 'rejected') return raw;
  const inflated = inflate(raw.bytes, maxInflatedBytes);
  if (inflated.kind === 'rejected') return inflated;
  if (!isUtf8(inflated.bytes)) return rejected('bad-utf8', 'the JSON is not UTF-8');
  return decodeJson(inflated.bytes);
}

const textBytes = (text: string) =>
  text.startsWith('{') ? { kind: 'bytes' as const, bytes: Buffer.from(text) } : decodeBase64(text);

const view = (data: Uint8Array): Buffer =>
  Buffer.isBuffer(data) ? data : Buffer.from(data.buffer, data.byteOffset, data.byteLength);

function decodeJson(bytes: Buffer): DecodedPayload {
  const payload = parseInPieces(bytes);
  return payload === undefined ? decodeWhole(textOf(bytes)) : decodeMessage(payload);
}

function decodeWhole(json: string): DecodedPayload {
  if (isTooComplex(json)) return rejected('json-too-complex', 'nested too deeply or too many arrays and objects');
  let payload: unknown;
  try {
    payload = JSON.parse(json);
  } catch (error) {
    return rejected('bad-json', (error as Error).message.slice(0, 200));
  }
  return decodeMessage(payload);
}

function decodeMessage(payload: unknown): DecodedPayload {
  if (!isRecord(payload)) return rejected('not-an-object', 'the JSON is not an object');
  if (payload.messageType === 'DATA_MESSAGE') return dataMessage(payload);
  if (payload.messageType === 'CONTROL_MESSAGE') return controlMessage(payload);
  return rejected('unknown-message-type', `messageType is ${describe(payload.messageType)}`);
}

function dataMessage(payload: Readonly<Record<string, unknown>>): DecodedPayload {
  const { owner, logGroup, logStream, subscriptionFilters = [], policyLevel, logEvents } = payload;
  if (typeof owner !== 'string') return rejected('bad-owner', `owner is ${describe(owner)}`);
  if (typeof logGroup !== 'string' || logGroup === '')
    return rejected('bad-log-group', `logGroup is ${describe(logGroup)}`);
  if (typeof logStream !== 'string' || logStream === '')
    return rejected('bad-log-stream', `logStream is ${describe(logStream)}`);
  if (!isStrings(subscriptionFilters))
    return rejected('bad-subscription-filters', `subscriptionFilters is ${describe(subscriptionFilters)}`);
  if (policyLevel !== undefined && typeof policyLevel !== 'string')
    return rejected('bad-policy-level', `policyLevel is ${describe(policyLevel)}`);
  if (!Array.isArray(logEvents)) return rejected('bad-log-events', `logEvents is ${describe(logEvents)}`);
  const { events, rejectedEvents } = sortOut(logEvents);
  const level = policyLevel === undefined ? {} : { policyLevel };
  return { kind: 'data', batch: { owner, logGroup, logStream, subscriptionFilters, ...level, events }, rejectedEvents };
}

/** The list is kept as it was parsed until an event of it cannot be. */
function sortOut(logEvents: readonly unknown[]): { events: readonly LogEvent[]; rejectedEvents: RejectedEvent[] } {
  const rejectedEvents: RejectedEvent[] = [];
  let events: LogEvent[] | undefined;
  for (let index = 0; index < logEvents.length; index++) {
    const candidate = logEvents[index] as LogEvent;
    const reason = faultOf(candidate);
    const event = reason === undefined ? logEvent(candidate) : undefined;
    if (reason !== undefined) rejectedEvents.push({ index, reason });
    if (event !== candidate) events ??= logEvents.slice(0, index) as LogEvent[];
    if (event !== undefined) events?.push(event);
  }
  return { events: events ?? (logEvents as readonly LogEvent[]), rejectedEvents };
}

function faultOf(candidate: unknown): EventRejectReason | undefined {
  if (!isRecord(candidate)) return 'event-not-an-object';
  const { id, timestamp, message } = candidate;
  if (typeof id !== 'string' || id === '') return 'bad-event-id';
  if (typeof timestamp !== 'number' || !Number.isInteger(timestamp) || timestamp < 0 || timestamp > LATEST_TIMESTAMP)
    return 'bad-event-timestamp';
  return typeof message === 'string' ? undefined : 'bad-event-message';
}

/** The event as it was parsed: a copy of each of thousands would cost more than the keys that AWS may add to it one day. */
function logEvent(event: LogEvent): LogEvent {
  const { id, timestamp, message, extractedFields } = event;
  return extractedFields === undefined || areStrings(extractedFields) ? event : { id, timestamp, message };
}

const areStrings = (fields: unknown): boolean =>
  isRecord(fields) && Object.values(fields).every((value) => typeof value === 'string');

function controlMessage(payload: Readonly<Record<string, unknown>>): DecodedPayload {
  const { owner, logEvents } = payload;
  if (typeof owner !== 'string') return rejected('bad-owner', `owner is ${describe(owner)}`);
  if (!Array.isArray(logEvents)) return rejected('bad-log-events', `logEvents is ${describe(logEvents)}`);
  const messages = logEvents.map((event) => (isRecord(event) ? event.message : undefined));
  return { kind: 'control', owner, messages: messages.filter((message) => typeof message === 'string') };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isStrings = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

function describe(value: unknown): string {
  if (value === undefined) return 'missing';
  if (typeof value === 'string') return `"${value.slice(0, 60)}"`;
  return value === null ? 'null' : Array.isArray(value) ? 'an array' : `a ${typeof value}`;
}
