import { startsPlatformRecord } from '../lambda-record.ts';

/** What the lines of an event that is still open have been: the next line is judged by it, in time that does not grow with the event. */
export interface OpenEvent {
  readonly first: string;
  readonly last: string;
  readonly inTraceback: boolean;
  /** Inside a pretty-printed JSON document, up to the bracket in its first column. */
  readonly inJson: boolean;
}

export type Join =
  | { readonly kind: 'begins' }
  | { readonly kind: 'continues'; readonly joiner: '\n' | '\t' | ' ' }
  /** Nothing of the log: the space between records of a copy. */
  | { readonly kind: 'blank' };

const BEGINS: Join = { kind: 'begins' };
const NEXT_LINE: Join = { kind: 'continues', joiner: '\n' };
const OWN_PREFIX = /^(?:\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d|\[[A-Z]+\][\t ]|\{)/;
const CONTINUATION =
  /^(?:\s|[}\])]|at \S|Caused by: |\.\.\. \d+ more|--->? |During handling of the above|The above exception was|stack backtrace:|goroutine \d+ \[)/;
const TRACEBACK = /^Traceback \(most recent call last\)/;
/** The record of an error, a logger's line, or the sentence between chained exceptions. */
const ANNOUNCES_TRACEBACK = /^(?:\[[A-Z]+\]|[A-Z]+:|During handling of the above|The above exception was)/;
const REPORT_FIELD =
  /^\s*(?:Duration|Billed Duration|Memory Size|Max Memory Used|Init Duration|Restore Duration|Billed Restore Duration|Status|Error Type): /;

/** The first line of an event as {@link OpenEvent}. */
export function openEvent(line: string): OpenEvent {
  return extendEvent({ first: line, last: '', inTraceback: false, inJson: false }, line);
}

/** The open event with one more line. */
export function extendEvent(open: OpenEvent, line: string): OpenEvent {
  return {
    first: open.first,
    last: line.trim() === '' ? open.last : line,
    inTraceback: open.inTraceback || TRACEBACK.test(line),
    inJson: /^[}\]]\s*$/.test(line) ? false : open.inJson || /[{[]\s*$/.test(line),
  };
}

/**
 * Whether a bare line joins the event before it or begins one. Bare text says nowhere where an event ends, so this knows what
 * the runtimes write: tracebacks and stack frames, pretty-printed JSON, a REPORT that was wrapped, `XRAY` under its REPORT.
 */
export function joinBareLine(open: OpenEvent | undefined, line: string): Join {
  if (line.trim() === '') return open && !startsPlatformRecord(open.first) ? NEXT_LINE : { kind: 'blank' };
  if (!open) return BEGINS;
  if (startsPlatformRecord(line.trimStart())) return BEGINS;
  return startsPlatformRecord(open.first)
    ? continuesPlatformRecord(open.first, line)
    : continuesApplication(open, line);
}

function continuesApplication(open: OpenEvent, line: string): Join {
  if (open.inJson) return NEXT_LINE;
  if (TRACEBACK.test(line)) return ANNOUNCES_TRACEBACK.test(open.last) ? NEXT_LINE : BEGINS;
  if (open.inTraceback && !OWN_PREFIX.test(line)) return continuesTraceback(open, line);
  if (line.startsWith('{')) return /(?:Exception|Rejection|handler)\s*$/.test(open.last) ? NEXT_LINE : BEGINS;
  return CONTINUATION.test(line) ? NEXT_LINE : BEGINS;
}

function continuesPlatformRecord(first: string, line: string): Join {
  if (first.startsWith('REPORT ')) {
    if (REPORT_FIELD.test(line)) return { kind: 'continues', joiner: '\t' };
    return line.startsWith('XRAY TraceId: ') ? NEXT_LINE : BEGINS;
  }
  if (/^START RequestId: \S+$/.test(first) && line.startsWith('Version: ')) return { kind: 'continues', joiner: ' ' };
  return first.startsWith('RequestId: ') && /^Runtime\.\w+$/.test(line) ? NEXT_LINE : BEGINS;
}

/** A Python traceback ends with the line that names the exception; an `[ERROR]` record names it first and ends with its frames. */
function continuesTraceback(open: OpenEvent, line: string): Join {
  if (CONTINUATION.test(line)) return NEXT_LINE;
  const named =
    open.first.startsWith('[ERROR]') || (/^[\w.]+(?::|$)/.test(open.last) && !open.last.startsWith('Traceback'));
  return named ? BEGINS : NEXT_LINE;
}
