/** What changes how a page shows the text around it: controls, marks of direction, what has no width, halves of surrogates. */
const HOSTILE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** The same but for what lays out a log line: line feeds, carriage returns before them, tabs. */
const HOSTILE_IN_LINES = /(?!\n|\t|\r\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** What ends or divides the lines of a text, which a single line shows as one blank. */
const LAYOUT = /(?:\r\n|[\n\t])+/g;

const codeOf = (character: string): string => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;

/** Nearly all text, and told faster than the rest. */
const PLAIN = /^[ -~]*$/;

/** Text of a log, a name, an error, as one line: what does not show is written as its code. */
export const visible = (text: string): string =>
  PLAIN.test(text) ? text : text.replace(LAYOUT, ' ').replace(HOSTILE, codeOf);

/** The same for text of several lines. */
export const visibleLines = (text: string): string => text.trimEnd().replace(HOSTILE_IN_LINES, codeOf);
