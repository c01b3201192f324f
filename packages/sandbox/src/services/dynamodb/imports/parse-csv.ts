/** Rows of a CSV text: fields in double quotes may hold delimiters, line ends and doubled quotes. Empty lines are no rows. */
export function* parseCsv(text: string, delimiter: string): Generator<readonly string[]> {
  let row: string[] = [];
  let field = '';
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at]!;
    if (isQuoted) {
      if (char !== '"') field += char;
      else if (text[at + 1] === '"') field += text[++at];
      else isQuoted = false;
    } else if (char === '"' && field === '') isQuoted = true;
    else if (char === delimiter) {
      row.push(field);
      field = '';
    } else if (char === '\n') {
      yield* nonEmpty([...row, field.replace(/\r$/, '')]);
      row = [];
      field = '';
    } else field += char;
  }
  yield* nonEmpty([...row, field.replace(/\r$/, '')]);
}

function* nonEmpty(row: readonly string[]): Generator<readonly string[]> {
  if (row.length > 1 || row[0] !== '') yield row;
}
