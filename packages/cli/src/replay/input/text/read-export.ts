import { EventDraft, MAX_EVENT_BYTES } from '../event-draft.ts';
import type { EventOrigin, EventSink, TextReader } from '../event-sink.ts';
import { lineSplitter } from '../line-splitter.ts';
import { EXPORT_STYLE } from './time-prefix.ts';

/**
 * Reads the parts of one stream of an S3 export task: lines of `<ISO time> <message>`, where a line without that time continues the event
 * before it. Push the parts in the order of their numbers, with `end` after the last.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/S3ExportTasks.html
 */
export function readExport(origin: EventOrigin, sink: EventSink): TextReader {
  let draft: EventDraft | undefined;
  const close = (): void => draft?.close(sink, (message) => message);
  const splitter = lineSplitter(MAX_EVENT_BYTES, {
    line(text) {
      const parsed = EXPORT_STYLE.parse(text);
      if (parsed) {
        close();
        draft = new EventDraft(origin, parsed.timestamp, parsed.message);
      } else if (draft) draft.append('\n', text);
      else sink.reject('continuation-without-event', text.slice(0, 80));
    },
    tooLong: (length) => sink.reject('event-too-large', `a line of ${length} characters`),
  });
  return {
    push: (chunk) => splitter.push(chunk),
    end() {
      splitter.end();
      close();
      draft = undefined;
    },
  };
}

const PART = /(?:^|\/)([^/]+)\/([^/]+)\/(\d{6})(?:\.gz)?$/;

export interface ExportPart {
  /** Folder of the stream: parts with the same one belong together. */
  readonly folder: string;
  readonly logStream: string;
}

/** The stream of a file that lies as an export task writes it: `<export task id>/<stream with dashes>/000000.gz`. */
export function exportPartOf(path: string): ExportPart | undefined {
  const match = PART.exec(path.replaceAll('\\', '/'));
  if (!match?.[2]) return undefined;
  return {
    folder: path.slice(0, path.length - (match[3]?.length ?? 0)).replace(/[^/\\]*$/, ''),
    logStream: restoreStreamName(match[2]),
  };
}

/** Export tasks write the slashes of a stream's name as dashes: `2020-11-03-[$LATEST]df9d...` was `2020/11/03/[$LATEST]df9d...`. */
export function restoreStreamName(folder: string): string {
  return folder.replace(/^(\d{4})-(\d\d)-(\d\d)-(?=[^[\]]*\[[^\]]+\][0-9a-f]{32}$)/, '$1/$2/$3/');
}
