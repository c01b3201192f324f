/**
 * Characters that change how a terminal shows what follows: control characters (a terminal escape begins with one), marks that turn the
 * direction of writing, characters without width, line separators, and halves of surrogate pairs.
 */
const HOSTILE =
  /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text from a log as one line that a terminal shows as it is: anything else is written as its code. Tabs become spaces. */
export function escapeText(text: string): string {
  return text.replaceAll('\t', '  ').replace(HOSTILE, (character) => code(character.charCodeAt(0)));
}

/** As {@link escapeText}, but with the text's own line ends: its lines. */
export function escapeLines(text: string): readonly string[] {
  return text
    .replace(/\s+$/, '')
    .split(/\r\n|\n/)
    .map(escapeText);
}

function code(value: number): string {
  return value < 0x100 ? `\\x${value.toString(16).padStart(2, '0')}` : `\\u${value.toString(16).padStart(4, '0')}`;
}
