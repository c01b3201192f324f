import { InputError } from '../../../input-error.ts';
import type { EventOrigin, EventSink, TextReader } from '../event-sink.ts';
import { lineSplitter } from '../line-splitter.ts';
import { JsonScanner } from './json-scanner.ts';
import { readJsonValue, type ShapeReaders } from './json-shapes.ts';

/** An NDJSON line holds at most one page of `filter-log-events` or one payload of a few megabytes. */
const MAX_NDJSON_LINE = 64 * 1024 * 1024;

/** Reads JSON documents, pretty-printed or not, one or many: pages, lists of events, payloads. Throws {@link InputError} `unreadable-json`. */
export function readJsonDocuments(
  file: string,
  origin: EventOrigin,
  sink: EventSink,
  readers: ShapeReaders,
): TextReader {
  const read = (text: string): void => readJsonValue(parse(file, text), origin, sink, readers);
  return new JsonScanner(file, { element: read, document: read });
}

/** Reads NDJSON, one value a line; a line that is not JSON is rejected and its neighbours are read. */
export function readNdjson(origin: EventOrigin, sink: EventSink, readers: ShapeReaders): TextReader {
  return lineSplitter(MAX_NDJSON_LINE, {
    line(text) {
      if (text.trim() === '') return;
      let value: unknown;
      try {
        value = JSON.parse(text);
      } catch {
        return sink.reject('unreadable-json', text.slice(0, 80));
      }
      readJsonValue(value, origin, sink, readers);
    },
    tooLong: (length) => sink.reject('event-too-large', `a line of ${length} characters`),
  });
}

/** Reads base64 payloads, one a line or one wrapped over many. */
export function readBase64Payloads(readers: ShapeReaders): TextReader {
  let payload = '';
  const close = (): void => {
    if (payload !== '') readers.payload(payload);
    payload = '';
  };
  const splitter = lineSplitter(MAX_NDJSON_LINE, {
    line(text) {
      if (text.startsWith('H4sI') || text.trim() === '') close();
      payload += text.trim();
    },
    tooLong: () => close(),
  });
  return {
    push: (chunk) => splitter.push(chunk),
    end() {
      splitter.end();
      close();
    },
  };
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const problem = `${file} is not readable as JSON: ${JSON.stringify(text.slice(0, 60))}.`;
    throw new InputError('unreadable-json', problem, 'Give a file as it was downloaded.', { cause });
  }
}
