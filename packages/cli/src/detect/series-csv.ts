import type { DetectorPoint } from '@lamplighter/time-series';
import { refuseOtherSeparators } from '../forecast/other-separator.ts';
import { InputError } from '../input-error.ts';

export interface SeriesRow {
  /** As the file has them. */
  readonly timestampText: string;
  readonly valueText: string;
  readonly point: DetectorPoint;
}

const SECONDS_BELOW = 1e11;
const DATE_TIME = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:?\d\d)?)?$/;

/** The rows of a CSV with the columns `timestamp` and `value`; other columns are left alone. Throws an `InputError` of code `unreadable-csv`. */
export function parseSeriesCsv(text: string, path: string): readonly SeriesRow[] {
  const [head = '', ...lines] = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const columns = cellsOf(head).map((name) => name.toLowerCase());
  const [timeColumn, valueColumn] = [columns.indexOf('timestamp'), columns.indexOf('value')];
  if (timeColumn < 0 || valueColumn < 0) {
    refuseOtherSeparators(head, path);
    throw unreadable(
      `${path} has no header with the columns timestamp and value.`,
      'Add timestamp,value as its first line.',
    );
  }
  return lines.flatMap((line, index) => {
    if (line.trim() === '') return [];
    const cells = cellsOf(line);
    const [timestampText = '', valueText = ''] = [cells[timeColumn], cells[valueColumn]];
    const timestamp = parseTimestamp(timestampText);
    if (timestamp === undefined)
      throw unreadable(
        `${path} line ${index + 2}: ${timestampText.slice(0, 40) || 'nothing'} is no time.`,
        TIME_WAY_OUT,
      );
    return [{ timestampText, valueText, point: { timestamp, value: parseValue(valueText) } }];
  });
}

const TIME_WAY_OUT = 'Use 2026-11-21 09:00:00, ISO 8601, or epoch seconds or milliseconds.';

const unreadable = (problem: string, wayOut: string): InputError => new InputError('unreadable-csv', problem, wayOut);

const cellsOf = (line: string): string[] => line.split(',').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));

/** Epoch milliseconds; a time without a zone is UTC. */
function parseTimestamp(text: string): number | undefined {
  if (/^-?\d+(\.\d+)?$/.test(text)) {
    const number = Number(text);
    return Math.abs(number) < SECONDS_BELOW ? number * 1000 : number;
  }
  const match = DATE_TIME.exec(text);
  if (!match) return undefined;
  const time = Date.parse(`${match[1]}T${match[2] ?? '00:00'}${match[3] ?? 'Z'}`);
  return Number.isNaN(time) ? undefined : time;
}

/** Empty and null are missing; what is no number is NaN, which the detector refuses by name. */
function parseValue(text: string): number | null {
  return text === '' || /^(null|na)$/i.test(text) ? null : Number(text);
}
