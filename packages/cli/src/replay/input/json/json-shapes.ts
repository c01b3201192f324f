import type { EventOrigin, EventSink } from '../event-sink.ts';
import { readOwnTime } from '../text/own-time.ts';
import { splitLogField, streamOf } from '../text/read-csv.ts';
import { parseTime } from '../text/time-prefix.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What reads the shapes that are more than JSON. */
export interface ShapeReaders {
  /** A subscription payload: base64 text, or the decoded document as JSON text. */
  payload(data: string): void;
  /** Log text of several events: the decoded `LogResult` of `aws lambda invoke --log-type Tail`. */
  text(text: string): void;
}

/** The keys that tell a JSON document of log events from a log line that happens to be JSON. */
const STRUCTURED_KEYS = new Set([
  'events',
  'logEvents',
  'messageType',
  'awslogs',
  'Records',
  'records',
  'results',
  'searchedLogStreams',
  'LogResult',
  'eventId',
  'ingestionTime',
  'logStreamName',
  '@message',
  '@timestamp',
]);

/** Whether an object's keys are those of a log export and not of a JSON log line. */
export function hasStructuredKeys(keys: readonly string[]): boolean {
  return keys.some((key) => STRUCTURED_KEYS.has(key));
}

/** Finds the log events in one parsed JSON value; what carries none is rejected, whatever its shape. */
export function readJsonValue(value: unknown, origin: EventOrigin, sink: EventSink, readers: ShapeReaders): void {
  if (typeof value === 'string') readString(value, origin, sink, readers);
  else if (Array.isArray(value)) readArray(value, origin, sink, readers);
  else if (isFields(value)) readObject(value, origin, sink, readers);
  else sink.reject('unknown-shape', `the JSON value ${JSON.stringify(value)}`);
}

/** A payload, or a message of a list of messages. */
function readString(text: string, origin: EventOrigin, sink: EventSink, readers: ShapeReaders): void {
  if (isBase64Gzip(text)) {
    readers.payload(text);
    return;
  }
  const timestamp = readOwnTime(text.trimStart());
  sink.event(origin, { ...(timestamp === undefined ? {} : { timestamp }), message: text });
}

/** Base64 of a gzip header: `H4sI`. */
export function isBase64Gzip(text: string): boolean {
  return /^\s*H4sI[A-Za-z0-9+/=\s]*$/.test(text);
}

function readArray(values: readonly unknown[], origin: EventOrigin, sink: EventSink, readers: ShapeReaders): void {
  const row = insightsRow(values);
  if (row) readObject(row, origin, sink, readers);
  else for (const value of values) readJsonValue(value, origin, sink, readers);
}

/** A row of `get-query-results`: `[{ field: '@timestamp', value: '...' }, ...]`. */
function insightsRow(values: readonly unknown[]): Fields | undefined {
  const cells = values.filter(
    (value): value is Fields => isFields(value) && typeof value.field === 'string' && 'value' in value,
  );
  if (cells.length === 0 || cells.length < values.length) return undefined;
  return Object.fromEntries(cells.map((cell) => [cell.field as string, cell.value]));
}

function readObject(value: Fields, origin: EventOrigin, sink: EventSink, readers: ShapeReaders): void {
  const records = value.Records ?? value.records;
  if (typeof value.messageType === 'string' || Array.isArray(value.logEvents)) readers.payload(JSON.stringify(value));
  else if (isFields(value.awslogs) && typeof value.awslogs.data === 'string') readers.payload(value.awslogs.data);
  else if (Array.isArray(records)) for (const record of records) readRecord(record, sink, readers);
  else if (typeof value.LogResult === 'string') readers.text(Buffer.from(value.LogResult, 'base64').toString('utf8'));
  else if (typeof value['@message'] === 'string') readInsights(value, origin, sink);
  else if (typeof value.message === 'string' && 'timestamp' in value) readEvent(value, origin, sink);
  else if (typeof value.type === 'string' && 'record' in value) readTelemetry(value, origin, sink);
  else readPages(value, origin, sink, readers);
}

function readPages(value: Fields, origin: EventOrigin, sink: EventSink, readers: ShapeReaders): void {
  const page = value.events ?? value.results;
  if (Array.isArray(page)) for (const each of page) readJsonValue(each, origin, sink, readers);
  else sink.reject('unknown-shape', `a JSON object with ${Object.keys(value).slice(0, 5).join(', ') || 'nothing'}`);
}

/** A record of a Kinesis event (`kinesis.data`), of a Firehose event (`data`), or of `aws kinesis get-records` (`Data`). */
function readRecord(record: unknown, sink: EventSink, readers: ShapeReaders): void {
  const data = isFields(record)
    ? isFields(record.kinesis)
      ? record.kinesis.data
      : (record.data ?? record.Data)
    : undefined;
  if (typeof data === 'string') readers.payload(data);
  else sink.reject('unknown-shape', 'a record without data');
}

function readEvent(value: Fields, origin: EventOrigin, sink: EventSink): void {
  const timestamp = typeof value.timestamp === 'number' ? value.timestamp : parseTime(String(value.timestamp));
  if (timestamp === undefined || !Number.isFinite(timestamp)) {
    sink.reject('unreadable-time', `the time ${JSON.stringify(value.timestamp)}`);
    return;
  }
  const id = value.eventId ?? value.id;
  sink.event(
    { ...origin, ...originIn(value) },
    { ...(typeof id === 'string' ? { id } : {}), timestamp, message: value.message as string },
  );
}

/** Where an event says that it comes from: in CloudWatch Logs' words, in those of Lamplighter's archive, or of Vector, which ships logs. */
function originIn({ owner, ...value }: Fields): EventOrigin {
  const text = (...names: string[]): string | undefined =>
    names.map((name) => value[name]).find((found) => typeof found === 'string' && found !== '') as string | undefined;
  const isAccount = typeof owner === 'string' && /^\d{12}$/.test(owner);
  return {
    ...(isAccount ? { owner } : {}),
    ...splitLogField(text('logGroup', 'logGroupName', 'log_group')),
    ...streamOf(text('logStreamName', 'logStream', 'log_stream')),
  };
}

function readInsights(value: Fields, origin: EventOrigin, sink: EventSink): void {
  const text = (name: string): string | undefined => (typeof value[name] === 'string' ? value[name] : undefined);
  const message = text('@message') as string;
  const timestamp = '@timestamp' in value ? parseTime(text('@timestamp') ?? '') : readOwnTime(message);
  if (timestamp === undefined && '@timestamp' in value) {
    sink.reject('unreadable-time', `the time ${JSON.stringify(value['@timestamp'])}`);
    return;
  }
  const stream = streamOf(text('@logStream') ?? text('@logStreamName'));
  sink.event(
    { ...origin, ...splitLogField(text('@log')), ...stream },
    { ...(timestamp !== undefined && { timestamp }), message },
  );
}

/** An event of the Telemetry API, as an extension receives it: platform events are records themselves, the others carry a line. */
function readTelemetry(value: Fields, origin: EventOrigin, sink: EventSink): void {
  const timestamp = parseTime(String(value.time ?? ''));
  if (timestamp === undefined) {
    sink.reject('unreadable-time', `the time ${JSON.stringify(value.time)}`);
    return;
  }
  const isLine = value.type === 'function' || value.type === 'extension';
  const record = typeof value.record === 'string' ? value.record : JSON.stringify(value.record);
  sink.event(origin, { timestamp, message: isLine ? record : JSON.stringify(value) });
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
