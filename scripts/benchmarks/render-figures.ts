import type { Figures } from './benchmark.ts';

type Row = Readonly<Record<string, unknown>>;

/** Figures for people: single ones a line each, lists as tables. */
export function renderFigures(figures: Figures): string {
  const names = Object.keys(figures);
  const width = Math.max(...names.map((name) => name.length));
  return names
    .map((name) => {
      const figure = figures[name];
      if (isRows(figure)) return `${name}\n${renderTable(figure)}`;
      return `${name.padEnd(width)}  ${renderValue(figure)}`;
    })
    .join('\n');
}

function isRows(figure: unknown): figure is readonly Row[] {
  return Array.isArray(figure) && figure.every((row) => typeof row === 'object' && row !== null);
}

function renderTable(rows: readonly Row[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const lines = [columns, ...rows.map((row) => columns.map((column) => renderValue(row[column])))];
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => line[index]?.length ?? 0)));
  const isText = columns.map((column) => rows.some((row) => typeof row[column] !== 'number'));
  return lines
    .map((line) =>
      `  ${line.map((cell, index) => pad(cell, widths[index] ?? 0, isText[index] === true)).join('  ')}`.trimEnd(),
    )
    .join('\n');
}

function pad(cell: string, width: number, isText: boolean): string {
  return isText ? cell.padEnd(width) : cell.padStart(width);
}

function renderValue(value: unknown): string {
  return typeof value === 'number' ? value.toLocaleString('en-US', { maximumFractionDigits: 4 }) : String(value);
}
