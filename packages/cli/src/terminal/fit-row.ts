import type { Colour, Paint } from './paint.ts';

/** A row of a list whose texts are of any length, each escaped. */
export interface Row {
  /** A word or two, as wide as those of the other rows. */
  readonly mark: string;
  readonly colour: Colour;
  readonly id: string;
  readonly title: string;
  readonly note: string;
}

const GAP = '  ';
const INDENT = '    ';

/** A row on one line where there is room; else its title, broken between words, and its id and note below it, on a line of its own each where they do not fit on one. An id is never broken: it is to be copied. */
export function fitRow({ mark, colour, id, title, note }: Row, paint: Paint, width: number): readonly string[] {
  if ([mark, id, title, note].join(GAP).length <= width)
    return [[paint(colour, mark), id, title, paint('dim', note)].join(GAP)];
  const [first = '', ...rest] = wrapWords(title, width - mark.length - GAP.length);
  return [
    `${paint(colour, mark)}${GAP}${first}`,
    ...rest.map((line) => `${' '.repeat(mark.length)}${GAP}${line}`),
    ...below([id, note], width - INDENT.length).map((line) => `${INDENT}${paint('dim', line)}`),
  ];
}

function below(parts: readonly string[], width: number): readonly string[] {
  const line = parts.join(GAP);
  return line.length <= width ? [line] : parts.flatMap((part) => wrapWords(part, width));
}

/** A text in lines that are no longer than they may be; a word that is longer has a line of its own. */
export function wrapWords(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/(?<= )(?! )/)) {
    if (line !== '' && (line + word).trimEnd().length > width) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += word;
  }
  return [...lines, line.trimEnd()];
}
