/** Control and direction characters, line ends, and halves of surrogate pairs: what a terminal would obey instead of show. */
const HOSTILE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Text with names of an account or a template in it, as a terminal shows it: names may hold anything. */
export const escapeText = (text: string): string =>
  text.replace(HOSTILE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
