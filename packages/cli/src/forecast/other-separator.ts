import { InputError } from '../input-error.ts';
import { splitCsvLine } from './csv-line.ts';

const NAMES = { ';': 'semicolons', '\t': 'tabs' } as const;

/** Throws {@link InputError} `unreadable-csv` for a line whose cells are not parted by commas: those that it has may then be decimal ones. */
export function refuseOtherSeparators(line: string, file: string): void {
  const [first = ''] = splitCsvLine(line);
  const found = ([';', '\t'] as const).find((separator) => first.includes(separator));
  if (found === undefined) return;
  throw new InputError(
    'unreadable-csv',
    `${file} has ${NAMES[found]} between its cells.`,
    'Put commas between cells, and points in decimals.',
  );
}
