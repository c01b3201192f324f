import { parseJsonObject } from '../json-fields.ts';
import type { ApplicationRecord, LoggedError } from '../log-record.ts';
import { endOfWord } from '../platform/name-values.ts';
import { dotnetError, exceptionText } from './errors/java-error.ts';
import { nodeError } from './errors/node-error.ts';
import { plainError } from './errors/plain-error.ts';
import { pythonError } from './errors/python-error.ts';
import { responseError } from './errors/response-error.ts';
import { rustError } from './errors/rust-error.ts';
import { levelOf } from './log-level.ts';
import { parseApplicationJson } from './parse-application-json.ts';
import { mayNameMessages, messagesInJson, messagesInText } from './processed-messages.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

interface Columns {
  readonly requestId?: string | undefined;
  readonly level?: string | undefined;
  readonly body: string;
}

const OPEN_BRACKET = 0x5b;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;
const LEADING_LEVEL = /^\s*(?:\[(\w{1,11})\]|(\w{1,11}))(?=[\s:])/;
const TRACED = /^(?:TRACE|DEBUG|INFO|WARN|ERROR)$/;
/** Longest stretch before a request id in the layouts that loggers use (log4j, logback, ruby, python's own formatters). */
const ID_WITHIN = 120;

/** What python's client writes in front of an error in container images, whichever the log format: the same event, ended by `\r`. */
const WARNING = 'LAMBDA_WARNING: Unhandled exception';

/** An application line of the text log format: the columns of the runtime that wrote it, and what its text tells. */
export function parseApplicationText(line: string): ApplicationRecord {
  return line.startsWith(WARNING) ? parseWarned(line) : parseText(line);
}

function parseWarned(line: string): ApplicationRecord {
  const warned = line.slice(line.indexOf('\r') + 1);
  const record = warned.startsWith('{') ? parseJsonObject(warned) : undefined;
  if (record !== undefined) return parseApplicationJson(record, warned);
  return parseText(warned.startsWith('[ERROR] ') ? warned : line);
}

function parseText(line: string): ApplicationRecord {
  const columns = columnsOf(line);
  const { requestId, level, body } = columns;
  const error = errorOf(line, columns);
  const record: Mutable<Partial<ApplicationRecord>> = { kind: 'application', format: 'text' };
  if (requestId !== undefined) record.requestId = requestId;
  if (level !== undefined) record.level = level;
  else if (error !== undefined) record.level = 'ERROR';
  record.message = body;
  if (error !== undefined) record.error = error;
  record.messages = mayNameMessages(body) ? messagesOf(body) : [];
  if (body.includes('"CloudWatchMetrics"')) record.isMetric = true;
  return record as ApplicationRecord;
}

function columnsOf(line: string): Columns {
  const code = line.charCodeAt(0);
  if (code === OPEN_BRACKET) return pythonColumns(line);
  return code >= 0x30 && code <= 0x39 ? timedColumns(line) : looseColumns(line);
}

/** node, .NET: `<ISO>\t<id>\t<LEVEL>\t<text>`; node 8 has no level, rust's tracing no id; copies have blanks for the tabs. */
function timedColumns(line: string): Columns {
  if (line.charCodeAt(10) !== 0x54) return looseColumns(line);
  const timeEnd = endOfWord(line, 0);
  if (line.charCodeAt(timeEnd - 1) !== 0x5a) return looseColumns(line);
  const id = column(line, timeEnd);
  const traced = line.charCodeAt(timeEnd) === 0x20 && TRACED.test(id.text) ? levelOf(id.text) : undefined;
  if (traced !== undefined) return { level: traced, body: line.slice(skip(line, id.end)) };
  const level = column(line, id.end);
  const named = levelOf(level.text);
  const requestId = isId(id.text) ? id.text : undefined;
  if (named !== undefined) return { requestId, level: named, body: line.slice(skip(line, level.end)) };
  const isIdColumn = requestId !== undefined || id.text === 'undefined';
  return { requestId, body: line.slice(skip(line, isIdColumn ? id.end : timeEnd)) };
}

/** `[LEVEL]\t<ISO>\t<id>\t<text>`; the id column may be empty; copies have blanks. Without a time the runtime itself wrote it. */
function pythonColumns(line: string): Columns {
  const close = line.indexOf(']');
  const level = levelOf(line.slice(1, close));
  if (level === undefined) return looseColumns(line);
  const time = column(line, close + 1);
  if (time.text.charCodeAt(10) !== 0x54) return { level, body: line.slice(skip(line, close + 1)) };
  const id = column(line, time.end);
  if (!isId(id.text)) return { level, body: line.slice(skip(line, time.end)) };
  return { requestId: id.text, level, body: line.slice(skip(line, id.end)) };
}

/** Any other layout: the level if the line opens with one, the id if one stands near its beginning. */
function looseColumns(line: string): Columns {
  const head = line.length > ID_WITHIN ? line.slice(0, ID_WITHIN) : line;
  const firstLineEnd = head.indexOf('\n');
  const first = firstLineEnd === -1 ? head : head.slice(0, firstLineEnd);
  const id = first.includes('-') ? UUID.exec(first) : null;
  const found = LEADING_LEVEL.exec(first) ?? / (TRACE|DEBUG|INFO|WARN|ERROR|FATAL)\b/.exec(first);
  return { requestId: id?.[0], level: levelOf(found?.[1] ?? found?.[2]), body: line };
}

function column(line: string, from: number): { text: string; end: number } {
  // One tab ends a column even when the next one is empty; blanks come in runs.
  const start = line.charCodeAt(from) === 0x09 ? from + 1 : skip(line, from);
  const end = endOfWord(line, start);
  return { text: line.slice(start, end), end };
}

function skip(line: string, from: number): number {
  let at = from;
  while (line.charCodeAt(at) === 0x20 || line.charCodeAt(at) === 0x09) at++;
  return at;
}

/** A request id is a UUID, or a documentation's stand-in with its shape; the word `undefined` is node's during init. */
const isId = (text: string): boolean =>
  text.length >= 8 && text.length <= 64 && text.includes('-') && /^[\w<>…-]+$/.test(text);

function errorOf(line: string, { body, level }: Columns): LoggedError | undefined {
  if (body === line) return plainError(line);
  if (level !== 'ERROR' && level !== 'FATAL') return undefined;
  if (line.charCodeAt(0) === OPEN_BRACKET) return pythonError(line) ?? responseError(line);
  if (/^\S+\s+\S+\s+fail\s/.test(line)) return dotnetError(body);
  return nodeError(body) ?? rustError(line) ?? exceptionText(body, false);
}

function messagesOf(body: string) {
  const open = body.indexOf('{');
  const json = open === -1 ? undefined : parseJsonObject(body.slice(open));
  const found = json === undefined ? [] : messagesInJson(json);
  return found.length > 0 ? found : messagesInText(body);
}
