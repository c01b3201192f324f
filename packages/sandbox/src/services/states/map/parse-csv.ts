/** Rows of a delimited text, RFC 4180: quoted fields may hold delimiters, line ends and doubled quotes. Empty lines are no rows. */
export function parseCsv(text: string, delimiter = ','): readonly (readonly string[])[] {
  const rows: string[][] = [['']];
  for (const [token, quoted] of text.matchAll(/"((?:[^"]|"")*)"|\r\n|[\s\S]/g)) {
    const row = rows.at(-1)!;
    if (token === delimiter) row.push('');
    else if (token === '\n' || token === '\r\n') rows.push(['']);
    else row[row.length - 1] += quoted === undefined ? token : quoted.replaceAll('""', '"');
  }
  return rows.filter((row) => row.length > 1 || row[0] !== '');
}
