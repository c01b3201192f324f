export type Cell = string | number | undefined;

/** A table in Markdown, which docs/benchmarks.md shows as it is; what is undefined leaves its cell empty. */
export function markdownTable(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const line = (cells: readonly Cell[]): string => `| ${cells.map((cell) => cell ?? '').join(' | ')} |`;
  return [line(columns), `|${columns.map(() => '---|').join('')}`, ...rows.map(line)].join('\n');
}

/** Figures in a line: `runs: 208, precision: 1`. */
export const figuresInALine = (figures: Readonly<Record<string, unknown>>): string =>
  Object.entries(figures)
    .map(([name, value]) => `${name}: ${String(value)}`)
    .join(', ');
