import { LARGEST_FORECAST_VALUE } from '@lamplighter/time-series';
import { InputError } from '../input-error.ts';

/** Neither 0x10 nor 0b1, which are numbers of programs. */
const DECIMAL = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;

/** The value of a cell, `null` where it is missing: nothing, NaN, NA or null. Throws {@link InputError} `unreadable-csv`. */
export function parseValue(cell: string, place: { readonly file: string; readonly line: number }): number | null {
  if (/^(|nan|na|null|-)$/i.test(cell)) return null;
  const value = DECIMAL.test(cell.trim()) ? Number(cell) : Number.NaN;
  const where = `${place.file} line ${place.line}: ${cell.slice(0, 40)}`;
  if (Number.isNaN(value))
    throw new InputError(
      'unreadable-csv',
      `${where} is no number.`,
      'Decimals take a point; a missing value is an empty cell.',
    );
  if (Math.abs(value) <= LARGEST_FORECAST_VALUE) return value;
  throw new InputError(
    'unreadable-csv',
    `${where} is too large.`,
    `Values lie between -${LARGEST_FORECAST_VALUE} and ${LARGEST_FORECAST_VALUE}.`,
  );
}
