import { InputError } from '../input-error.ts';
import { numberedLines, splitCsvLine } from './csv-line.ts';
import { parseValue } from './series-cell.ts';

/** A series out of a file, at equal distances in time. */
export interface TimedSeries {
  readonly values: readonly (number | null)[];
  /** Epoch milliseconds of the last point and distance of two; undefined where the file has no times. */
  readonly clock: SeriesClock | undefined;
}

export interface SeriesClock {
  readonly last: number;
  readonly stepMs: number;
}

interface Row {
  readonly time: number;
  readonly value: number | null;
}

/** More empty points than this between two rows are a mistake in a timestamp, not a gap. */
const LONGEST_GAP = 1_000_000;

/**
 * Reads `timestamp,value` lines, or lines of a value alone; a header is skipped, the value is the last cell. A time that is left out becomes a missing value.
 * Throws {@link InputError} `unreadable-csv`.
 */
export function readSeries(text: string, file: string): TimedSeries {
  const rows = numberedLines(text).map(({ line, number }) => ({ cells: splitCsvLine(line), line: number }));
  const body = isHeader(rows[0]?.cells ?? []) ? rows.slice(1) : rows;
  if (body.length === 0) throw unreadable(`${file} has no values.`);
  const points = body.map(({ cells, line }): Row => {
    const time = cells.length > 1 ? parseTime(cells[0]!) : Number.NaN;
    return { time, value: parseValue(cells.at(-1)!, { file, line }) };
  });
  if (points.length < 2 || points.some(({ time }) => Number.isNaN(time)))
    return { values: points.map(({ value }) => value), clock: undefined };
  return onGrid(points, file);
}

/** A first line whose last cell is a word. */
const isHeader = (cells: readonly string[]): boolean =>
  /[a-z]/i.test(cells.at(-1) ?? '') && !/^(nan|na|null|[-+]?[\d.]+e[-+]?\d+)$/i.test(cells.at(-1)!);

/** ISO times without a zone are UTC; bare numbers are epoch seconds or, from 100,000,000,000, milliseconds. */
function parseTime(cell: string): number {
  if (/^\d{9,14}$/.test(cell)) return Number(cell) * (Number(cell) < 1e11 ? 1000 : 1);
  if (!/^\d{4}-\d{2}-\d{2}/.test(cell)) return Number.NaN;
  const iso = cell.replace(' ', 'T');
  return Date.parse(/T.*(Z|[+-]\d{2}:?\d{2})$/.test(iso) || !iso.includes('T') ? iso : `${iso}Z`);
}

function onGrid(rows: readonly Row[], file: string): TimedSeries {
  const steps = rows.slice(1).map(({ time }, index) => time - rows[index]!.time);
  if (steps.some((step) => !(step > 0))) throw unreadable(`The times of ${file} do not ascend.`);
  const stepMs = steps.toSorted((a, b) => a - b)[steps.length >> 1]!;
  const values: (number | null)[] = [];
  const start = rows[0]!.time;
  for (const { time, value } of rows) {
    const at = Math.round((time - start) / stepMs);
    if (at - values.length > LONGEST_GAP) throw unreadable(`${file} has a gap of more than ${LONGEST_GAP} points.`);
    while (values.length < at) values.push(null);
    values[at] = value;
  }
  return { values, clock: { last: start + (values.length - 1) * stepMs, stepMs } };
}

const unreadable = (problem: string): InputError =>
  new InputError('unreadable-csv', problem, 'Give it lines of timestamp,value, the oldest first.');
