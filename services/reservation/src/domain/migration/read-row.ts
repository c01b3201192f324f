import type { HistoryField, HistoryFormat } from './history-format.ts';
import { RowRejected } from './rejection.ts';
import { splitCsvLine } from './split-csv-line.ts';

/** A row's texts by field; a blank one is absent. */
export type RowValues = Readonly<Partial<Record<HistoryField, string>>>;

/** Reads lines of one file. @throws RowRejected for a line that is no row */
export type ReadRow = (line: string) => RowValues;

/**
 * A reader of a file's lines. A CSV file's first line, `header`, names its columns, in any order and with others between.
 *
 * @throws RangeError where the header lacks a column of the format
 */
export function rowReader({ rows, columns }: HistoryFormat, header: string): ReadRow {
  const wanted = Object.entries(columns) as [HistoryField, string][];
  if (rows.kind === 'jsonl') return (line) => jsonRow(line, wanted);
  const names = splitCsvLine(header, rows.delimiter) ?? [];
  const places = wanted.map(([field, name]) => [field, names.indexOf(name)] as const);
  const lacking = wanted.filter(([, name]) => !names.includes(name)).map(([, name]) => name);
  if (lacking.length > 0) throw new RangeError(`The file has no column ${lacking.join(', ')}.`);
  return (line) => {
    const fields = splitCsvLine(line, rows.delimiter);
    if (fields === undefined) throw new RowRejected('UNBALANCED_QUOTES');
    if (fields.length !== names.length) throw new RowRejected('WRONG_COLUMN_COUNT');
    return valuesOf(places.map(([field, place]) => [field, fields[place]]));
  };
}

function jsonRow(line: string, wanted: readonly [HistoryField, string][]): RowValues {
  const record = parsed(line);
  return valuesOf(wanted.map(([field, name]) => [field, textOf(record[name], field)]));
}

function parsed(line: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new RowRejected('NOT_JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new RowRejected('NOT_JSON');
  return value as Record<string, unknown>;
}

function textOf(value: unknown, field: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  throw new RowRejected('NOT_JSON', field);
}

function valuesOf(entries: readonly (readonly [HistoryField, string | undefined])[]): RowValues {
  const values: Partial<Record<HistoryField, string>> = {};
  for (const [field, text] of entries) {
    const trimmed = text?.trim();
    if (trimmed !== undefined && trimmed !== '') values[field] = trimmed;
  }
  return values;
}
