import type { EventOrigin, EventSink, TextReader } from '../event-sink.ts';
import { csvRecords } from './csv-records.ts';
import { readOwnTime } from './own-time.ts';
import { parseTime } from './time-prefix.ts';

/** Whether a text is a CSV of log events: what Logs Insights and the console download, its columns in any order. */
export function isEventCsv(head: string): boolean {
  const names = (head.split('\n', 1)[0] ?? '').split(',').map((cell) => cell.trim().replaceAll('"', '').toLowerCase());
  if (names.includes('@message')) return true;
  return names.includes('message') && (names.includes('timestamp') || names.includes('@timestamp'));
}

interface Columns {
  readonly timestamp: number;
  readonly message: number;
  readonly stream: number;
  readonly log: number;
}

/** Reads a CSV of log events; columns go by their names: `timestamp`, `message`, `@logStream`, `@log`. */
export function readCsv(origin: EventOrigin, sink: EventSink): TextReader {
  let columns: Columns | undefined;
  return csvRecords((fields) => {
    if (!columns) columns = columnsOf(fields);
    else readRecord(columns, fields, origin, sink);
  });
}

function columnsOf(head: readonly string[]): Columns {
  const names = head.map((name) => name.trim().replace(/^@/, '').toLowerCase());
  const at = (...wanted: string[]): number => names.findIndex((name) => wanted.includes(name));
  return {
    timestamp: at('timestamp'),
    message: at('message'),
    stream: at('logstream', 'logstreamname'),
    log: at('log', 'loggroup', 'loggroupname'),
  };
}

function readRecord(columns: Columns, fields: readonly string[], origin: EventOrigin, sink: EventSink): void {
  const message = fields[columns.message];
  const timestamp = columns.timestamp < 0 ? readOwnTime(message ?? '') : parseTime(fields[columns.timestamp] ?? '');
  if (message === undefined)
    sink.reject('unknown-shape', `a record without a message: ${fields.join(',').slice(0, 80)}`);
  else if (timestamp === undefined && columns.timestamp >= 0)
    sink.reject('unreadable-time', `the time ${JSON.stringify(fields[columns.timestamp])}`);
  else
    sink.event(
      { ...origin, ...splitLogField(fields[columns.log]), ...streamOf(fields[columns.stream]) },
      { ...(timestamp !== undefined && { timestamp }), message },
    );
}

/** `@log` of Logs Insights is `<account id>:<log group>`. */
export function splitLogField(log: string | undefined): EventOrigin {
  if (!log) return {};
  const match = /^(\d{12}):(.+)$/.exec(log);
  return match?.[1] && match[2] ? { owner: match[1], logGroup: match[2] } : { logGroup: log };
}

export function streamOf(logStream: string | undefined): EventOrigin {
  return logStream ? { logStream } : {};
}
