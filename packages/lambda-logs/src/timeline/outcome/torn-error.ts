import type { LogEvent } from '../../log-batch.ts';
import { TRACEBACK } from '../../records/application/errors/python-error.ts';
import { isRubyLabel } from '../../records/application/errors/ruby-error.ts';
import type { StreamRecords } from '../stream-records.ts';

/** No error is read from more than its beginning; it bounds the work for lines that only look like one. */
const MAX_LINES = 60;
const MAX_CHARS = 20_000;

/** `boom: java.lang.RuntimeException`, python's and ruby's first lines, the place of rust's panic, `Error: boom` above node's frames. */
const JAVA_CLASS = /^(?:[A-Za-z_$][\w$]*\.)+[A-Z][\w$]*$/;
const RUST_HEAD = /^thread '[^']*' (?:\(\d+\) )?panicked at \S+:\d+:\d+:\s*$/;
const NODE_HEAD = /^(?:Uncaught )?[A-Z]\w*(?: \[\w+\])?(?::|$)/;
const HEAD_CHARS = 4_000;

/** Whether a line may be an error's first, whose others are events of their own. */
export function isErrorsHead(message: string): boolean {
  const line = message.trimEnd();
  if (line.length > HEAD_CHARS || line.includes('\n')) return false;
  if (line.startsWith('[ERROR] ')) return !line.includes(TRACEBACK);
  if (isRubyLabel(line)) return !line.includes('{');
  return JAVA_CLASS.test(line.slice(line.lastIndexOf(': ') + 2)) || RUST_HEAD.test(line) || NODE_HEAD.test(line);
}

/** A line and those after it as one text, up to the next record of the platform. */
export function rejoined({ events, records }: StreamRecords, position: number): string {
  let text = (events[position] as LogEvent).message.trimEnd();
  for (let next = position + 1; next < events.length && next <= position + MAX_LINES; next++) {
    if (records[next] !== undefined || text.length > MAX_CHARS) break;
    const { message } = events[next] as LogEvent;
    if (message.startsWith('[ERROR] ')) break;
    text += `\n${message.trimEnd()}`;
  }
  return text;
}

/** Where an error ends that begins at a position: rust's message stands between the place of the panic and a note, in lines like anybody's. */
export function lastLineOf({ events, records }: StreamRecords, position: number): number {
  if (!RUST_HEAD.test((events[position] as LogEvent).message)) return position;
  for (let next = position + 1; next < events.length && next <= position + MAX_LINES; next++) {
    if (records[next] !== undefined) break;
    if (/^(?:note: |stack backtrace:)/.test((events[next] as LogEvent).message)) return next;
  }
  return position;
}
