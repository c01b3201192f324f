import { InputError } from '../input-error.ts';
import { numberedLines, splitCsvLine } from './csv-line.ts';
import { parseValue } from './series-cell.ts';

export interface NamedSeries {
  readonly id: string;
  readonly values: readonly (number | null)[];
}

/**
 * Reads `id,v1,v2,…`, a series a row; rows end where their last value is. A first row whose second cell is a word is a header.
 * Throws {@link InputError} `unreadable-csv`.
 */
export function readWideSeries(text: string, file: string): NamedSeries[] {
  const rows = numberedLines(text).map(({ line, number }) => ({ cells: splitCsvLine(line), line: number }));
  const body = /^[a-z]/i.test(rows[0]?.cells[1] ?? '') ? rows.slice(1) : rows;
  const series = body.map(({ cells: [id = '', ...cells], line }) => {
    const length = cells.findLastIndex((cell) => cell !== '') + 1;
    return { id, values: cells.slice(0, length).map((cell) => parseValue(cell, { file, line })) };
  });
  const empty = series.find(({ values }) => !values.some((value) => value !== null));
  if (series.length > 0 && empty === undefined) return series;
  const problem = empty === undefined ? `${file} has no series.` : `${file}: the series ${empty.id} has no values.`;
  throw new InputError('unreadable-csv', problem, 'Give it rows of id,v1,v2,…');
}
