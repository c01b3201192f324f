/** A line of an export or of pasted text without what stood before its message. */
export interface ExportedLine {
  readonly message: string;
  /** Epoch milliseconds. */
  readonly timestamp?: number;
  readonly logStream?: string;
}

const STREAM = String.raw`\d{4}/\d{2}/\d{2}/[\w.-]*\[[^\]\s]+\][0-9a-f]{32}`;
const ISO = String.raw`\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?(?:Z|[+-]\d{2}:?\d{2})?`;
/** `aws logs tail`: ISO and stream; awslogs and sls logs: stream and ISO, or group, stream and ISO. */
const STREAM_FIRST = new RegExp(`^(?:/aws/lambda/\\S+ )?(${STREAM})[ \\t]+(${ISO})[ \\t]`);
const ISO_FIRST = new RegExp(`^(${ISO})[ \\t]+(${STREAM})[ \\t]`);
const STREAM_ONLY = new RegExp(`^(?:/aws/lambda/\\S+ )?(${STREAM})[ \\t]`);
/** A console's table: `| 1604391983376 | text |`. */
const TABLE_ROW = /^\|\s*(\d{13})\s*\|\s?([\s\S]*?)\s*\|?\s*$/;
const ISO_ONLY = new RegExp(`^(${ISO})[ \\t]+`);
const LISTED = /^- `(\d{2}:\d{2}:\d{2})`\s*/;

/**
 * Takes off what people's exports put before a message: a stream's name, a time, a table's bars. A time that the message's own runtime wrote
 * (`<ISO>\t<request id>\t…`, `<ISO> <request id> Task timed out …`) is part of the message and stays.
 */
export function stripExportPrefix(line: string): ExportedLine {
  const streamFirst = STREAM_FIRST.exec(line);
  if (streamFirst !== null) return exported(line, streamFirst, streamFirst[1], streamFirst[2]);
  const isoFirst = ISO_FIRST.exec(line);
  if (isoFirst !== null) return exported(line, isoFirst, isoFirst[2], isoFirst[1]);
  const streamOnly = STREAM_ONLY.exec(line);
  if (streamOnly !== null) return exported(line, streamOnly, streamOnly[1], undefined);
  const row = TABLE_ROW.exec(line);
  if (row !== null) return { message: row[2] as string, timestamp: Number(row[1]) };
  const listed = LISTED.exec(line);
  if (listed !== null) return { message: line.slice(listed[0].length) };
  const iso = ISO_ONLY.exec(line);
  if (iso === null || isMessagesOwn(line.slice(iso[0].length))) return { message: line };
  return exported(line, iso, undefined, iso[1]);
}

/** After its own time a runtime writes an id column, `undefined`, or (python, with the time first only in formats of its own) a level. */
const isMessagesOwn = (rest: string): boolean => /^(?:[0-9a-f]{8}-[\w-]{4,}|undefined)(?:[ \t]|$)/.test(rest);

function exported(
  line: string,
  match: RegExpExecArray,
  logStream: string | undefined,
  time: string | undefined,
): ExportedLine {
  const timestamp = time === undefined ? Number.NaN : epochOf(time);
  return {
    message: line.slice(match[0].length),
    ...(Number.isNaN(timestamp) ? {} : { timestamp }),
    ...(logStream === undefined ? {} : { logStream }),
  };
}

/** A time without a zone is UTC, as every AWS tool writes it. */
function epochOf(time: string): number {
  const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/.test(time) ? time : `${time}Z`;
  return Date.parse(zoned.replace(',', '.').replace(/(\.\d{3})\d+/, '$1'));
}
