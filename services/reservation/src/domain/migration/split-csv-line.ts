const QUOTE = '"';

/**
 * The fields of one line of CSV (RFC 4180, without line breaks in fields); undefined where a quote is not closed, or text
 * stands beside a quoted field. O(n).
 */
export function splitCsvLine(line: string, delimiter: string): readonly string[] | undefined {
  if (!line.includes(QUOTE)) return line.split(delimiter);
  const fields: string[] = [];
  for (let at = 0; ; ) {
    const field = line[at] === QUOTE ? quotedField(line, at) : plainField(line, at, delimiter);
    if (field === undefined) return undefined;
    fields.push(field.text);
    if (field.end === line.length) return fields;
    if (line[field.end] !== delimiter) return undefined;
    at = field.end + 1;
  }
}

interface Field {
  readonly text: string;
  /** Where the delimiter or the end of the line must be. */
  readonly end: number;
}

function quotedField(line: string, start: number): Field | undefined {
  let text = '';
  for (let at = start + 1; ; ) {
    const quote = line.indexOf(QUOTE, at);
    if (quote === -1) return undefined;
    text += line.slice(at, quote);
    if (line[quote + 1] !== QUOTE) return { text, end: quote + 1 };
    text += QUOTE;
    at = quote + 2;
  }
}

function plainField(line: string, start: number, delimiter: string): Field | undefined {
  const found = line.indexOf(delimiter, start);
  const end = found === -1 ? line.length : found;
  const text = line.slice(start, end);
  return text.includes(QUOTE) ? undefined : { text, end };
}
