import { readFileSync } from 'node:fs';

/** The named columns of a CSV file without quoted commas, row by row; column names are compared in lower case. @throws RangeError where one is missing */
export function readColumns(path: string, names: readonly string[]): readonly (readonly string[])[] {
  const [head = '', ...lines] = readFileSync(path, 'utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter(Boolean);
  const header = cellsOf(head).map((name) => name.toLowerCase());
  const columns = names.map((name) => header.indexOf(name));
  const missing = names.find((_, index) => columns[index] === -1);
  if (missing !== undefined) throw new RangeError(`${path} has no column ${missing}.`);
  return lines.map((line) => {
    const cells = cellsOf(line);
    return columns.map((column) => cells[column] ?? '');
  });
}

const cellsOf = (line: string): string[] => line.split(',').map((cell) => cell.trim().replace(/^"|"$/g, ''));

/** Epoch milliseconds of a time without a zone, which is read as UTC, or of epoch seconds. @throws RangeError where it is neither */
export function readTime(text: string): number {
  const ms = /^\d+(\.\d+)?$/.test(text)
    ? Number(text) * 1000
    : Date.parse(`${text.replace(' ', 'T').replace(/Z$/, '')}Z`);
  if (Number.isNaN(ms)) throw new RangeError(`${text} is not a time.`);
  return ms;
}
