/** Bits of {@link CLASS_OF}. */
export const SPACE = 1;
export const NAME_START = 2;
export const NAME = 4;
/** Any legal character but a surrogate half, which needs its other half. */
export const LEGAL = 8;
/** Legal, and of no meaning in text: neither `<`, `&`, `>` nor CR. */
export const PLAIN_TEXT = 16;
/** Legal, and of no meaning in an attribute value: neither `<`, `&`, a quote nor white space other than the blank. */
export const PLAIN_VALUE = 32;

type Ranges = readonly (readonly [number, number])[];

/** Production [2] Char of XML 1.0 (fifth edition), within the basic plane and without surrogates. */
const CHAR: Ranges = [
  [0x09, 0x0a],
  [0x0d, 0x0d],
  [0x20, 0xd7ff],
  [0xe000, 0xfffd],
];

/** Production [4] NameStartChar; its last range, #x10000 to #xEFFFF, is {@link isNamePair}. */
const NAME_START_CHAR: Ranges = [
  [0x3a, 0x3a],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
  [0xc0, 0xd6],
  [0xd8, 0xf6],
  [0xf8, 0x2ff],
  [0x370, 0x37d],
  [0x37f, 0x1fff],
  [0x200c, 0x200d],
  [0x2070, 0x218f],
  [0x2c00, 0x2fef],
  [0x3001, 0xd7ff],
  [0xf900, 0xfdcf],
  [0xfdf0, 0xfffd],
];

/** What production [4a] NameChar adds. */
const NAME_CHAR: Ranges = [
  [0x2d, 0x2e],
  [0x30, 0x39],
  [0xb7, 0xb7],
  [0x300, 0x36f],
  [0x203f, 0x2040],
];

/** The classes of every UTF-16 unit: one look-up per character instead of comparisons. */
export const CLASS_OF: Uint8Array = classify();

function classify(): Uint8Array {
  const classes = new Uint8Array(0x10000);
  mark(classes, CHAR, LEGAL | PLAIN_TEXT | PLAIN_VALUE);
  mark(classes, NAME_START_CHAR, NAME_START | NAME);
  mark(classes, NAME_CHAR, NAME);
  for (const character of ' \t\r\n') classes[character.charCodeAt(0)]! |= SPACE;
  for (const character of '<&>\r') classes[character.charCodeAt(0)]! &= ~PLAIN_TEXT;
  for (const character of '<&"\'\t\r\n') classes[character.charCodeAt(0)]! &= ~PLAIN_VALUE;
  return classes;
}

function mark(classes: Uint8Array, ranges: Ranges, bits: number): void {
  for (const [first, last] of ranges) for (let code = first; code <= last; code += 1) classes[code]! |= bits;
}

/** Whether two UTF-16 units are one character outside the basic plane; all of those are legal. */
export function isPair(high: number, low: number): boolean {
  return high >= 0xd800 && high <= 0xdbff && low >= 0xdc00 && low <= 0xdfff;
}

/** Whether two UTF-16 units are one character between #x10000 and #xEFFFF, all of which may start a name. */
export function isNamePair(high: number, low: number): boolean {
  return high >= 0xd800 && high <= 0xdb7f && low >= 0xdc00 && low <= 0xdfff;
}

/** Production [2] Char for a whole code point. */
export function isXmlCharacter(codePoint: number): boolean {
  return codePoint >= 0x10000 ? codePoint <= 0x10ffff : (CLASS_OF[codePoint]! & LEGAL) !== 0;
}
