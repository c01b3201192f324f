import type { Terminal } from './terminal.ts';

/** Columns that a line may fill: those of the window where a person reads, any number where a program does. */
export const lineWidth = ({ isOutTty, columns }: Pick<Terminal, 'isOutTty' | 'columns'>): number =>
  isOutTty ? columns : Number.POSITIVE_INFINITY;

/** A table of texts; of the first column names, at the left, of the others figures, at the right. */
export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Columns that may be left out where there is no room, the first to go first. */
  readonly optional: readonly number[];
}

/** The lines of a table. */
export interface FittedTable {
  readonly head: string;
  readonly rows: readonly string[];
  /** Names of the columns that found no room. */
  readonly leftOut: readonly string[];
}

const GAP = 3;
const SHORTEST_NAME = 12;

/** Columns as wide as what stands in them; where the window is narrower, columns are left out, then names are cut. */
export function fitTable({ head, rows, optional }: Table, width: number): FittedTable {
  const all = [head, ...rows];
  const widths = head.map((_, at) => Math.max(...all.map((cells) => cells[at]?.length ?? 0)));
  const out = new Set<number>();
  const total = (): number =>
    widths.reduce((sum, each, at) => (out.has(at) ? sum : sum + each + (at === 0 ? 0 : GAP)), 0);
  for (const at of optional) if (total() > width) out.add(at);
  const over = Math.max(0, total() - width);
  const nameWidth = Math.min(widths[0] ?? 0, Math.max(SHORTEST_NAME, (widths[0] ?? 0) - over));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, at) => (at === 0 ? shorten(cell, nameWidth).padEnd(nameWidth) : cell.padStart(widths[at] ?? 0)))
      .filter((_, at) => !out.has(at))
      .join(' '.repeat(GAP))
      .trimEnd();
  return {
    head: line(head),
    rows: rows.map(line),
    leftOut: head.filter((_, at) => out.has(at)),
  };
}

/** A text that is no longer than it may be. */
export const shorten = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;

/** What a table left out, as a line; none where it is whole. */
export const tellLeftOut = (leftOut: readonly string[]): readonly string[] =>
  leftOut.length === 0 ? [] : [`Not shown in a window so narrow: ${leftOut.join(', ')}.`];
