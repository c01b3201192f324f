import type { InputError } from '../../input-error.ts';
import { detectFormat, type InputFormat, isExportText } from './detect-format.ts';
import { EventCollector } from './event-collector.ts';
import type { EventOrigin, TextReader } from './event-sink.ts';
import type { InputUnit } from './find-inputs.ts';
import type { ShapeReaders } from './json/json-shapes.ts';
import { readBase64Payloads, readJsonDocuments, readNdjson } from './json/read-json.ts';
import { readPayload } from './json/read-payload.ts';
import { openText } from './open-text.ts';
import { readCliText } from './text/read-cli-text.ts';
import { readCsv } from './text/read-csv.ts';
import { exportPartOf, readExport } from './text/read-export.ts';
import { readText } from './text/read-text.ts';

/** How much of an input is looked at to tell its format. */
const HEAD_LENGTH = 1 << 18;

/** Told how many characters have been read since the last call. */
export type UnitProgress = (characters: number) => void;

/** Reads one input, whatever its format, in bounded memory beyond its events. */
export async function readUnit(unit: InputUnit, onProgress: UnitProgress = () => {}): Promise<EventCollector> {
  const collector = new EventCollector(unit.name);
  let reader: TextReader | undefined;
  for (const file of unit.files) {
    // Parts of an export are one text: the next part goes on where this one ended.
    reader ??= readAnything(file, collector);
    let last = '\n';
    for await (const chunk of openText(file)) {
      onProgress(chunk.length);
      reader.push(chunk);
      last = chunk.at(-1) ?? last;
    }
    if (last !== '\n' && unit.files.length > 1) reader.push('\n');
  }
  reader?.end();
  return collector;
}

/** Reads a text of any format: the reader is chosen by its beginning. Throws {@link InputError} for JSON that is none. */
export function readAnything(file: string, sink: EventCollector): TextReader {
  const choose = (head: string, whole: boolean): TextReader | undefined => chooseReader(file, head, whole, sink);
  let head = '';
  let chosen: TextReader | undefined;
  return {
    push(chunk) {
      if (chosen) {
        chosen.push(chunk);
        return;
      }
      head += chunk;
      if (head.length < HEAD_LENGTH) return;
      chosen = choose(head, false);
      chosen?.push(head);
    },
    end() {
      if (!chosen) {
        chosen = choose(head, true);
        chosen?.push(head);
      }
      chosen?.end();
    },
  };
}

function chooseReader(file: string, head: string, whole: boolean, sink: EventCollector): TextReader | undefined {
  const part = exportPartOf(file);
  if (part && isExportText(head)) return readExport({ logStream: part.logStream }, sink);
  return readerOf(detectFormat(head, whole), file, sink);
}

function readerOf(format: InputFormat, file: string, sink: EventCollector): TextReader | undefined {
  const origin: EventOrigin = {};
  switch (format.kind) {
    case 'json':
      return readJsonDocuments(file, origin, sink, shapeReaders(sink));
    case 'ndjson':
      return readNdjson(origin, sink, shapeReaders(sink));
    case 'base64':
      return readBase64Payloads(shapeReaders(sink));
    case 'csv':
      return readCsv(origin, sink);
    case 'cli-text':
      return readCliText(origin, sink);
    case 'text':
      return readText(format.layout, origin, sink);
    case 'empty':
      return undefined;
  }
}

function shapeReaders(sink: EventCollector): ShapeReaders {
  return {
    payload: (data) => readPayload(data, sink),
    text(text) {
      const reader = readText({ kind: 'bare' }, {}, sink);
      reader.push(text);
      reader.end();
    },
  };
}
