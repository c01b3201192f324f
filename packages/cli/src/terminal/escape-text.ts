/**
 * Characters that change how a terminal shows what follows: control characters (a terminal escape begins with one), marks that turn the
 * direction of writing or have no width, line separators, and halves of surrogate pairs.
 */
const HOSTILE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Text from a log as one line that a terminal shows as it is: anything else is written as its code. Tabs become spaces. */
export function escapeText(text: string): string {
  return text.replaceAll('\t', '  ').replace(HOSTILE, (character) => code(character.codePointAt(0) ?? 0));
}

/** As {@link escapeText}, but with the text's own line ends: its lines. */
export function escapeLines(text: string): readonly string[] {
  return text
    .replace(/\s+$/, '')
    .split(/\r\n|\n/)
    .map(escapeText);
}

function code(value: number): string {
  if (value > 0xffff) return `\\u{${value.toString(16)}}`;
  return value < 0x100 ? `\\x${value.toString(16).padStart(2, '0')}` : `\\u${value.toString(16).padStart(4, '0')}`;
}
