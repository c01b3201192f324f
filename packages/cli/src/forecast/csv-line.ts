/** The cells of a CSV line without line breaks in cells (RFC 4180), with the spaces around them cut. */
export function splitCsvLine(line: string): string[] {
  const cells = line.matchAll(/(?<=^|,)(?:\s*"((?:[^"]|"")*)"\s*(?=,|$)|([^,]*))/g);
  return [...cells].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain?.trim() ?? '');
}

/** A cell as it is written, quoted where it must be. */
export const csvCell = (text: string): string => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** The lines of a file that have something on them, each with its number in the file. */
export function numberedLines(text: string): { readonly line: string; readonly number: number }[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  return lines.map((line, index) => ({ line, number: index + 1 })).filter(({ line }) => line.trim() !== '');
}
