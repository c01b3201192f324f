import { EventDraft, MAX_EVENT_BYTES } from '../event-draft.ts';
import type { EventOrigin, EventSink, TextReader } from '../event-sink.ts';
import { startsPlatformRecord } from '../lambda-record.ts';
import { lineSplitter } from '../line-splitter.ts';
import { readOwnTime } from './own-time.ts';
import { extendEvent, joinBareLine, type OpenEvent, openEvent } from './read-bare-lines.ts';
import { singleCopy } from './single-copy.ts';
import { parsePrefixed, parseTimeAlone, type TextLayout } from './time-prefix.ts';

/** Rules and column heads of a table. */
const TABLE_FRAME = /^(?:\s*\|(?:\s*:?-{3,}:?\s*\|)+\s*|[-+|][-+|= ]{9,}|\s*\|\s*@?timestamp\s*\|.*)$/i;
/** What a terminal shows when a following tool is stopped. */
const INTERRUPT = /^\s*\^C/;

interface Line {
  readonly origin: EventOrigin;
  readonly timestamp?: number;
  readonly message: string;
}

/**
 * Reads log text line by line: pasted, or as a tool printed it. In a text with prefixes a line without one continues the event before
 * it, whatever it looks like: an application that prints `REPORT RequestId: ...` on its second line forges nothing.
 */
export function readText(layout: TextLayout, origin: EventOrigin, sink: EventSink): TextReader {
  let draft: EventDraft | undefined;
  let open: OpenEvent | undefined;
  let timeAbove: number | undefined;
  const close = (): void => draft?.close(sink, tidy);
  const begin = (line: Line): void => {
    close();
    draft = new EventDraft(line.origin, line.timestamp, line.message);
    open = openEvent(line.message);
  };
  const extend = (joiner: string, line: string): void => {
    draft?.append(joiner, line);
    if (open) open = extendEvent(open, line);
  };
  const readPrefixed = (line: string, prefixed: TextLayout & { kind: 'prefixed' }): void => {
    const parsed = parsePrefixed(prefixed, line);
    if (parsed)
      begin({ origin: { ...origin, ...originOf(parsed) }, ...timeOf(parsed.timestamp), message: parsed.message });
    else if (draft) extend('\n', prefixed.style.name === 'table' ? stripCell(line) : line);
    else if (startsPlatformRecord(line)) begin({ origin, message: line });
    else if (line.trim() !== '') sink.reject('continuation-without-event', line.slice(0, 80));
  };
  const readBare = (line: string): void => {
    const join = joinBareLine(open, line);
    if (join.kind === 'continues') extend(join.joiner, join.joiner === '\n' ? line : line.trim());
    if (join.kind !== 'begins') return;
    const message = trimRecord(line);
    begin({ origin, ...timeOf(readOwnTime(message)), message });
  };
  const readBelowTime = (line: string): void => {
    const time = parseTimeAlone(line);
    if (time !== undefined) {
      timeAbove = time;
      close();
      draft = open = undefined;
    } else if (draft) extend('\n', line);
    else if (line.trim() !== '') begin({ origin, ...timeOf(timeAbove), message: line });
  };
  return lineSplitterReader(
    (line) => {
      if (isDecoration(layout, line)) sink.reject('not-a-log-line', line.trim().slice(0, 80));
      else if (layout.kind === 'prefixed') readPrefixed(line, layout);
      else if (layout.kind === 'time-above') readBelowTime(line);
      else readBare(line);
    },
    sink,
    close,
  );
}

function lineSplitterReader(line: (text: string) => void, sink: EventSink, close: () => void): TextReader {
  const splitter = lineSplitter(MAX_EVENT_BYTES, {
    line,
    tooLong: (length) => sink.reject('event-too-large', `a line of ${length} characters`),
  });
  return {
    push: (chunk) => splitter.push(chunk),
    end() {
      splitter.end();
      close();
    },
  };
}

function isDecoration(layout: TextLayout, line: string): boolean {
  if (layout.kind !== 'prefixed') return false;
  return INTERRUPT.test(line) || (layout.style.name === 'table' && TABLE_FRAME.test(line));
}

/** A further line of a table's cell: under an empty time, with the cell's end. */
function stripCell(line: string): string {
  return line.replace(/^\s*\|\s*\|\s?/, '').replace(/\s*\|\s*$/, '');
}

const originOf = (parsed: { logGroup?: string; logStream?: string }): EventOrigin => ({
  ...(parsed.logGroup ? { logGroup: parsed.logGroup } : {}),
  ...(parsed.logStream ? { logStream: parsed.logStream } : {}),
});

const timeOf = (timestamp: number | undefined): { timestamp?: number } =>
  timestamp === undefined ? {} : { timestamp };

/** A copy ends with blank lines and padding that the event never had, and may hold the record twice. */
function tidy(message: string): string {
  return singleCopy(message.replace(/\s+$/, ''));
}

/** Copies indent platform records or put them in back ticks; application lines keep their own spaces. */
function trimRecord(line: string): string {
  const trimmed = line.trimStart();
  return /^`?(?:START|END|REPORT|INIT_|RESTORE_|RequestId: )/.test(trimmed) ? trimmed.replace(/^`/, '') : line;
}
