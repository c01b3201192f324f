import type { ProcessedMessage } from '../../invocation.ts';
import { isJsonObject, type JsonObject } from '../json-fields.ts';

const SEQUENCE_KEYS = ['sequenceNumber', 'sequence_number', 'SequenceNumber'];
const STREAM_KEYS = ['stream', 'streamName', 'stream_name', 'streamArn', 'eventSourceARN', 'eventSourceArn'];
const MAX_MESSAGES = 10_000;
/** A Kinesis sequence number has 56 digits, a stream's ARN under 200 characters: what is longer is somebody's text, and no key of anything. */
const MAX_SEQUENCE_CHARS = 128;
const MAX_STREAM_CHARS = 512;

/** Cheap test that a line may name a message: all spellings of sequence number, and Kinesis's `shardId-`, hold these letters, which begin rarely. */
export const mayNameMessages = (line: string): boolean => line.includes('quence') || line.includes('Id-0');

/**
 * Messages that a JSON line says it processed: a sequence number with a stream, in the object itself, one level below it
 * (`kinesis`, `dynamodb`, `message`), or in each item of its `Records`.
 */
export function messagesInJson(line: JsonObject): ProcessedMessage[] {
  const found: ProcessedMessage[] = [];
  collect(line, found);
  for (const value of Object.values(line)) if (isJsonObject(value)) collectRecords(value, found);
  collectRecords(line, found);
  return found;
}

function collectRecords({ Records: records }: JsonObject, found: ProcessedMessage[]): void {
  if (!Array.isArray(records)) return;
  for (const record of records) {
    if (found.length >= MAX_MESSAGES) return;
    if (isJsonObject(record)) collect(record, found);
  }
}

/** The stream may stand beside the sequence number or one level above it, as in a Kinesis record. */
function collect(holder: JsonObject, found: ProcessedMessage[]): void {
  const stream = firstText(holder, STREAM_KEYS);
  if (add(holder, stream, found)) return;
  for (const value of Object.values(holder)) {
    if (isJsonObject(value)) add(value, firstText(value, STREAM_KEYS) ?? stream, found);
  }
}

function add(holder: JsonObject, stream: string | undefined, found: ProcessedMessage[]): boolean {
  const sequenceNumber = firstText(holder, SEQUENCE_KEYS) ?? sequenceOfEventId(holder.eventID);
  if (stream === undefined || sequenceNumber === undefined) return false;
  if (stream.length > MAX_STREAM_CHARS || sequenceNumber.length > MAX_SEQUENCE_CHARS) return false;
  found.push({ stream, sequenceNumber });
  return true;
}

function firstText(holder: JsonObject, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = holder[key];
    if (typeof value === 'string' && value !== '') return value;
    // A Kinesis sequence number has 56 digits, beyond a JSON number; short ones (tests, other brokers) survive as numbers.
    if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  }
  return undefined;
}

/** A Kinesis event id is `shardId-000000000006:<sequence number>`. */
function sequenceOfEventId(eventId: unknown): string | undefined {
  if (typeof eventId !== 'string' || !eventId.startsWith('shardId-')) return undefined;
  const colon = eventId.indexOf(':');
  return colon === -1 || colon === eventId.length - 1 ? undefined : eventId.slice(colon + 1);
}

// At most MAX_SEQUENCE_CHARS and MAX_STREAM_CHARS.
const SEQUENCE_IN_TEXT = /\b(?:sequence_?number|sequence number)["']?\s*[=:]\s*["']?([\w.-]{1,128})/gi;
const STREAM_IN_TEXT = /\b(?:stream(?:_?name|_?arn)?|eventSourceARN)["']?\s*[=:]\s*["']?([\w:./-]{1,512})/gi;

/** Messages in free text, `sequenceNumber=… stream=…` or as node's console prints an object; the n-th number goes with the n-th stream, or the last. */
export function messagesInText(text: string): ProcessedMessage[] {
  const numbers = [...text.matchAll(SEQUENCE_IN_TEXT)].slice(0, MAX_MESSAGES);
  if (numbers.length === 0) return [];
  const streams = [...text.matchAll(STREAM_IN_TEXT)];
  if (streams.length === 0) return [];
  return numbers.map((match, index) => ({
    stream: streams[Math.min(index, streams.length - 1)]?.[1] as string,
    sequenceNumber: match[1] as string,
  }));
}
