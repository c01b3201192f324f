import { InputError } from '../input-error.ts';
import { numberedLines, splitCsvLine } from './csv-line.ts';
import { refuseOtherSeparators } from './other-separator.ts';
import { parseValue } from './series-cell.ts';

/** A series out of a file, at equal distances in time. */
export interface TimedSeries {
  readonly values: readonly (number | null)[];
  /** Epoch milliseconds of the last point and distance of two; undefined where the file has no times. */
  readonly clock: SeriesClock | undefined;
  /** A first cell that was meant as a time and is none that is known, where that is why there is no clock. */
  readonly unknownTime?: string;
  /** How many distances are no multiple of the usual one, where that are many: the points are then steps more than times. */
  readonly irregularSteps?: number;
}

export interface SeriesClock {
  readonly last: number;
  readonly stepMs: number;
}

interface Row {
  readonly time: number;
  readonly timeText: string | undefined;
  readonly line: number;
  readonly value: number | null;
}

/** More empty points than this between two rows are a mistake in a timestamp, not a gap. */
const LONGEST_GAP = 1_000_000;
/** Share of the distances that may differ from the usual one without being worth a word. */
const MOST_IRREGULAR = 0.1;

/**
 * Reads `timestamp,value` lines, or lines of a value alone. A header is skipped; of more than two columns it has to call one `value`. A time that is left out
 * becomes a missing value. Throws {@link InputError} `unreadable-csv`.
 */
export function readSeries(text: string, file: string): TimedSeries {
  const rows = numberedLines(text).map(({ line, number }) => ({ text: line, cells: splitCsvLine(line), line: number }));
  if (rows[0] !== undefined) refuseOtherSeparators(rows[0].text, file);
  const header = isHeader(rows[0]?.cells ?? []) ? rows[0]!.cells : [];
  const body = header.length > 0 ? rows.slice(1) : rows;
  if (body.length === 0) throw unreadable(`${file} has no values.`);
  const columns = columnsOf(header, body[0]!.cells, file);
  const points = body.map(({ cells, line }): Row => {
    const timeText = columns.time === undefined ? undefined : cells[columns.time];
    const time = timeText === undefined ? Number.NaN : parseTime(timeText);
    return { time, timeText, line, value: parseValue(cells[columns.value] ?? '', { file, line }) };
  });
  const unknown = points.find(({ time }) => Number.isNaN(time));
  if (points.length > 1 && unknown === undefined) return onGrid(points, file);
  if (unknown !== undefined && points.some(({ time }) => !Number.isNaN(time)))
    throw unreadable(`${file} line ${unknown.line}: ${(unknown.timeText ?? '').slice(0, 40)} is no time.`);
  const values = points.map(({ value }) => value);
  const timeText = unknown?.timeText ?? '';
  return { values, clock: undefined, ...(isIndex(timeText) ? {} : { unknownTime: timeText.slice(0, 40) }) };
}

/** Cells that only number the lines are not meant as times. */
const isIndex = (cell: string): boolean => /^\d*$/.test(cell);

interface Columns {
  readonly time: number | undefined;
  readonly value: number;
}

function columnsOf(header: readonly string[], first: readonly string[], file: string): Columns {
  const names = header.map((name) => name.toLowerCase());
  const value = names.indexOf('value');
  if (first.length > 2 && value < 0)
    throw unreadable(
      `${file} has ${first.length} columns, and no header that calls one of them value.`,
      'Name it there; a file with a series a row is read with --wide.',
    );
  const time = Math.max(names.indexOf('timestamp'), 0);
  return { time: first.length > 1 && time !== value ? time : undefined, value: value < 0 ? first.length - 1 : value };
}

/** A first line whose last cell with anything in it is a word. */
function isHeader(cells: readonly string[]): boolean {
  const last = cells.findLast((cell) => cell !== '') ?? '';
  return /[a-z]/i.test(last) && !isTime(last) && !/^(nan|na|null|[-+]?[\d.]+e[-+]?\d+)$/i.test(last);
}

const isTime = (cell: string): boolean => !Number.isNaN(parseTime(cell));

/** ISO times without a zone are UTC; bare numbers are epoch seconds or, from 100,000,000,000, milliseconds. */
function parseTime(cell: string): number {
  if (/^\d{9,14}$/.test(cell)) return Number(cell) * (Number(cell) < 1e11 ? 1000 : 1);
  if (!/^\d{4}-\d{2}-\d{2}/.test(cell)) return Number.NaN;
  const iso = cell.replace(' ', 'T');
  return Date.parse(/T.*(Z|[+-]\d{2}:?\d{2})$/.test(iso) || !iso.includes('T') ? iso : `${iso}Z`);
}

function onGrid(rows: readonly Row[], file: string): TimedSeries {
  const steps = rows.slice(1).map(({ time }, index) => time - rows[index]!.time);
  const back = steps.findIndex((step) => !(step > 0));
  if (back >= 0)
    throw unreadable(
      `The times of ${file} do not ascend: line ${rows[back + 1]!.line} is not later than the one before.`,
      'Put the oldest first, and each time once.',
    );
  const stepMs = steps.toSorted((a, b) => a - b)[steps.length >> 1]!;
  const values: (number | null)[] = [rows[0]!.value];
  for (const [index, step] of steps.entries()) {
    // From one line to the next: counted from the start, months would drift until two of them were one.
    const missing = Math.max(1, Math.round(step / stepMs)) - 1;
    if (missing > LONGEST_GAP)
      throw unreadable(
        `${file} has a gap of more than ${LONGEST_GAP} points before line ${rows[index + 1]!.line}.`,
        'Check that time, or give it what comes after the gap.',
      );
    for (let each = 0; each < missing; each++) values.push(null);
    values.push(rows[index + 1]!.value);
  }
  const irregularSteps = steps.filter((step) => isBetween(step / stepMs)).length;
  return {
    values,
    clock: { last: rows.at(-1)!.time, stepMs },
    ...(irregularSteps > MOST_IRREGULAR * steps.length && { irregularSteps }),
  };
}

/** Neither one usual step, give or take a quarter, nor several. */
const isBetween = (steps: number): boolean => Math.abs(steps - Math.max(1, Math.round(steps))) > 0.25;

const unreadable = (problem: string, wayOut = 'Give it lines of timestamp,value, the oldest first.'): InputError =>
  new InputError('unreadable-csv', problem, wayOut);
