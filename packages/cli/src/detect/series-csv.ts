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

/**
 * The rows of a CSV with the columns `timestamp` and `value`, other columns left alone; or of two columns, whatever their names, the first of which holds times.
 * Throws an `InputError` of code `unreadable-csv`.
 */
export function parseSeriesCsv(text: string, path: string): readonly SeriesRow[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const { time, value, firstLine } = columnsOf(lines, path);
  return lines.slice(firstLine).flatMap((line, index) => {
    if (line.trim() === '') return [];
    const cells = cellsOf(line);
    const [timestampText = '', valueText = ''] = [cells[time], cells[value]];
    const timestamp = parseTimestamp(timestampText);
    if (timestamp === undefined)
      throw unreadable(
        `${path} line ${firstLine + index + 1}: ${timestampText.slice(0, 40) || 'nothing'} is no time.`,
        TIME_WAY_OUT,
      );
    return [{ timestampText, valueText, point: { timestamp, value: parseValue(valueText) } }];
  });
}

interface Columns {
  readonly time: number;
  readonly value: number;
  /** 0 where there is no header. */
  readonly firstLine: 0 | 1;
}

function columnsOf([head = '', second = '']: readonly string[], path: string): Columns {
  const names = cellsOf(head).map((name) => name.toLowerCase());
  const [time, value] = [names.indexOf('timestamp'), names.indexOf('value')];
  if (time >= 0 && value >= 0) return { time, value, firstLine: 1 };
  refuseOtherSeparators(head, path);
  const firstLine = [head, second].findIndex((line) => startsWithTime(cellsOf(line)));
  if (names.length === 2 && firstLine >= 0) return { time: 0, value: 1, firstLine: firstLine === 0 ? 0 : 1 };
  throw unreadable(`${path} has no columns timestamp and value.`, 'Call them so in its first line.');
}

/** Two cells, a date or an epoch first: small numbers only number the lines. */
const startsWithTime = (cells: readonly string[]): boolean =>
  cells.length === 2 && !/^\d{1,8}$/.test(cells[0] ?? '') && parseTimestamp(cells[0] ?? '') !== undefined;

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
