import { InputError } from '../input-error.ts';

/** The value of a cell, `null` where it is missing: nothing, NaN, NA or null. Throws {@link InputError} `unreadable-csv`. */
export function parseValue(cell: string, place: { readonly file: string; readonly line: number }): number | null {
  if (/^(|nan|na|null|-)$/i.test(cell)) return null;
  const value = Number(cell);
  if (Number.isFinite(value)) return value;
  throw new InputError(
    'unreadable-csv',
    `${place.file} line ${place.line}: ${cell.slice(0, 40)} is no number.`,
    'Decimals take a point; a missing value is an empty cell.',
  );
}
