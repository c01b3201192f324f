import type { LogEvent } from '../log-batch.ts';
import { parseApplicationJson } from './application/parse-application-json.ts';
import { parseApplicationText } from './application/parse-application-text.ts';
import { parseJsonObject } from './json-fields.ts';
import type { LogRecord, PlatformRecord } from './log-record.ts';
import { parsePlatformJson, platformEvent } from './platform/parse-platform-json.ts';
import { parsePlatformText } from './platform/parse-platform-text.ts';
import { hasSoundId } from './request-id.ts';
import { parseSpan } from './traces/parse-span.ts';

const OPEN_BRACE = 0x7b;

/**
 * What one log event is, judged by its own text alone. Never throws and drops nothing: text that is no record of the platform is an
 * application line. Whether a line that looks like a platform record was written by the platform is decided by `attributeStream`.
 */
export function parseLogEvent({ message }: Pick<LogEvent, 'message'>): LogRecord {
  if (message.charCodeAt(0) !== OPEN_BRACE) return sound(parsePlatformText(message)) ?? parseApplicationText(message);
  const line = parseJsonObject(message);
  if (line === undefined) return parseApplicationText(message);
  return sound(platformEvent(line)) ?? parseSpan(line) ?? parseApplicationJson(line, message);
}

/** Only the platform's records: cheap for all others, which are not taken apart. */
export function parsePlatformRecord(message: string): PlatformRecord | undefined {
  return sound(message.charCodeAt(0) === OPEN_BRACE ? parsePlatformJson(message) : parsePlatformText(message));
}

/** What names a request as the platform never does is not the platform's. */
const sound = (record: PlatformRecord | undefined): PlatformRecord | undefined =>
  record !== undefined && hasSoundId(record) ? record : undefined;
