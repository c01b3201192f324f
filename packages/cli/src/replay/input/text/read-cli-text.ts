import { MAX_EVENT_BYTES } from '../event-draft.ts';
import type { EventOrigin, EventSink, TextReader } from '../event-sink.ts';
import { lineSplitter } from '../line-splitter.ts';

/** `EVENTS`, the event's id and the time of its ingestion, its stream, and its message: columns go by the alphabet of their names. */
const FIRST_LINE =
  /^EVENTS\t(?:(?<id>\d{20,})\t)?\d{13}\t(?:(?<stream>[^\t]*\[[^\]\t]+\][0-9a-f]{32})\t)?(?<rest>.*)$/s;
/** The event's time is the last column, and so stands behind the line end that most messages have. */
const LAST_LINE = /^(?<rest>.*)\t(?<timestamp>\d{13})$/s;

/** Whether a text is what the AWS CLI prints of `filter-log-events` or `get-log-events` with `--output text`. */
export function isCliText(head: string): boolean {
  return FIRST_LINE.test(head.trimStart().split('\n', 1)[0] ?? '');
}

interface OpenRecord {
  readonly id?: string;
  readonly logStream?: string;
  readonly lines: string[];
  length: number;
}

/** Reads events as the AWS CLI prints them with `--output text`. */
export function readCliText(origin: EventOrigin, sink: EventSink): TextReader {
  let open: OpenRecord | undefined;
  const abandon = (): void => {
    if (open)
      sink.reject('unreadable-time', `an event without its time: ${open.lines[0]?.slice(0, 80)}`, open.lines.length);
    open = undefined;
  };
  const add = (record: OpenRecord, text: string): void => {
    const last = LAST_LINE.exec(text)?.groups;
    record.lines.push(last?.rest ?? text);
    record.length += text.length;
    if (!last) return;
    open = undefined;
    const { id, logStream, lines, length } = record;
    const event = { ...(id ? { id } : {}), timestamp: Number(last.timestamp), message: lines.join('\n') };
    if (length > MAX_EVENT_BYTES) sink.reject('event-too-large', `an event of ${length} characters`, lines.length);
    else sink.event({ ...origin, ...(logStream ? { logStream } : {}) }, event);
  };
  const splitter = lineSplitter(MAX_EVENT_BYTES, {
    line(text) {
      const first = FIRST_LINE.exec(text)?.groups;
      if (first) {
        abandon();
        open = {
          ...(first.id ? { id: first.id } : {}),
          ...(first.stream ? { logStream: first.stream } : {}),
          lines: [],
          length: 0,
        };
        add(open, first.rest ?? '');
      } else if (open) add(open, text);
      else if (text.trim() !== '') sink.reject('not-a-log-line', text.slice(0, 80));
    },
    tooLong: (length) => sink.reject('event-too-large', `a line of ${length} characters`),
  });
  return {
    push: (chunk) => splitter.push(chunk),
    end() {
      splitter.end();
      abandon();
    },
  };
}
