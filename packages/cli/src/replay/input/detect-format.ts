import { hasStructuredKeys, isBase64Gzip } from './json/json-shapes.ts';
import { isLambdaRecord } from './lambda-record.ts';
import { isCliText } from './text/read-cli-text.ts';
import { isEventCsv } from './text/read-csv.ts';
import { detectLayout, EXPORT_STYLE, type TextLayout } from './text/time-prefix.ts';

export type InputFormat =
  | { readonly kind: 'json' }
  | { readonly kind: 'ndjson' }
  | { readonly kind: 'base64' }
  | { readonly kind: 'csv' }
  | { readonly kind: 'cli-text' }
  | { readonly kind: 'text'; readonly layout: TextLayout }
  | { readonly kind: 'empty' };

/** The format of a text, told from its beginning: names of files decide nothing. `whole` when `head` is all there is. */
export function detectFormat(head: string, whole: boolean): InputFormat {
  const text = head.trimStart();
  if (text === '') return { kind: 'empty' };
  if (isBase64Head(text)) return { kind: 'base64' };
  if (isEventCsv(text)) return { kind: 'csv' };
  if (isCliText(text)) return { kind: 'cli-text' };
  const json = detectJson(text);
  if (json) return json;
  return { kind: 'text', layout: detectLayout(completeLines(head, whole)) };
}

/** Whether the first line that is not blank is one of an S3 export. */
export function isExportText(head: string): boolean {
  const first = head.split('\n').find((line) => line.trim() !== '');
  return first !== undefined && EXPORT_STYLE.parse(first.replace(/\r$/, '')) !== undefined;
}

function isBase64Head(text: string): boolean {
  const line = text.split('\n', 1)[0] ?? '';
  return line.length >= 40 && isBase64Gzip(line);
}

function detectJson(text: string): InputFormat | undefined {
  const first = text.split('\n', 1)[0]?.trim() ?? '';
  const value = parseOrUndefined(first);
  if (value !== undefined && text.startsWith(first)) return isStructured(value) ? { kind: 'ndjson' } : undefined;
  if (text.startsWith('{')) return hasStructuredKeys(topKeys(text)) ? { kind: 'json' } : undefined;
  if (/^\[\s*\{/.test(text))
    return hasStructuredKeys(topKeys(text.slice(text.indexOf('{')))) || isTelemetryList(text)
      ? { kind: 'json' }
      : undefined;
  return /^\[\s*(?:\[\s*\{|")/.test(text) ? { kind: 'json' } : undefined;
}

function isTelemetryList(text: string): boolean {
  const keys = topKeys(text.slice(text.indexOf('{')));
  return (keys.includes('type') && keys.includes('record')) || (keys.includes('timestamp') && keys.includes('message'));
}

/** A JSON log line is text: only a value that holds events, or a bare CloudWatch event, is structured. */
function isStructured(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0 && (typeof value[0] === 'string' || typeof value[0] === 'object');
  if (typeof value === 'string') return isBase64Gzip(value) || isLambdaRecord(value);
  if (typeof value !== 'object' || value === null) return false;
  if (hasStructuredKeys(Object.keys(value))) return true;
  const fields = value as Record<string, unknown>;
  if (['log_group', 'log_stream', 'message', 'timestamp'].every((name) => name in fields)) return true;
  return typeof fields.timestamp === 'number' && typeof fields.message === 'string' && !('level' in fields);
}

/** Keys of an object as far as the text goes, without parsing it. */
function topKeys(text: string): readonly string[] {
  const keys: string[] = [];
  let depth = 0;
  for (const match of text.matchAll(/"((?:[^"\\]|\\.)*)"(\s*:)?|[{}[\]]/gs)) {
    const token = match[0];
    if (token === '{' || token === '[') depth++;
    else if (token === '}' || token === ']') depth--;
    else if (match[2] !== undefined && depth === 1) keys.push(match[1] ?? '');
    if (depth === 0) break;
  }
  return keys;
}

function completeLines(head: string, whole: boolean): readonly string[] {
  const lines = head.split('\n').map((line) => line.replace(/\r$/, ''));
  return whole ? lines : lines.slice(0, -1);
}

function parseOrUndefined(text: string): unknown {
  if (!/^[[{"]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
