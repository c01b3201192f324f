/** What changes how a terminal or a page shows the text around it: controls, marks of direction, what has no width, halves of surrogates. */
const HOSTILE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const MOST_CHARACTERS = 160;

/** Text of a log as one short line of data: what does not show is written as its code, and a long text ends in an ellipsis. */
export function visibleText(text: string, mostCharacters = MOST_CHARACTERS): string {
  // A prefix first: a text of megabytes is not looked through.
  const characters = [...text.slice(0, 2 * mostCharacters)];
  const cut = characters.length > mostCharacters || text.length > 2 * mostCharacters;
  const shown = characters.slice(0, cut ? mostCharacters - 1 : mostCharacters).join('');
  return `${shown.replace(HOSTILE, codeOf)}${cut ? '…' : ''}`;
}

/** The same in quotation marks, so that a reader, human or not, sees where the data begins and ends. */
export const quotedText = (text: string): string => `"${visibleText(text).replaceAll('"', "'")}"`;

/** Every character shown, of any length: for text that was cut when it came in. */
export const escapedText = (text: string): string => text.replace(HOSTILE, codeOf);

function codeOf(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
