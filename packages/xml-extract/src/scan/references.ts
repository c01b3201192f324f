import { isXmlCharacter } from './character-classes.ts';
import { type Cursor, fail } from './cursor.ts';

/** The five of XML 1.0 section 4.6; no other entity can exist without a DTD. */
const PREDEFINED: ReadonlyMap<string, number> = new Map([
  ['amp', 0x26],
  ['lt', 0x3c],
  ['gt', 0x3e],
  ['quot', 0x22],
  ['apos', 0x27],
]);
/** Longer than any reference that can be right, leading zeros aside. */
const LONGEST_NAME = 8;
const HASH = 0x23;
const LOWER_X = 0x78;
const BEYOND_UNICODE = 0x110000;

/** Moves over `&...;`, standing on the ampersand. Returns the code point that it stands for. */
export function readReference(cursor: Cursor): number {
  return cursor.document.charCodeAt(cursor.at + 1) === HASH ? readCharacterReference(cursor) : readEntity(cursor);
}

function readEntity(cursor: Cursor): number {
  const { document, at: start } = cursor;
  for (let at = start + 1; at <= start + 1 + LONGEST_NAME && at < cursor.end; at += 1) {
    if (document[at] !== ';') continue;
    const codePoint = PREDEFINED.get(document.slice(start + 1, at));
    if (codePoint === undefined) break;
    cursor.at = at + 1;
    return codePoint;
  }
  return failAtEntity(document, start);
}

function failAtEntity(document: string, start: number): never {
  const name = /^&([\w.:-]{1,64});/.exec(document.slice(start, start + 66))?.[1];
  if (name === undefined)
    fail('BAD_REFERENCE', start, 'An ampersand starts no reference; text must write it as &amp;.');
  fail('UNDEFINED_ENTITY', start, `The entity ${name} is not one of amp, lt, gt, quot, apos.`);
}

function readCharacterReference(cursor: Cursor): number {
  const { document, at: start } = cursor;
  const isHex = document.charCodeAt(start + 2) === LOWER_X;
  const first = start + (isHex ? 3 : 2);
  const radix = isHex ? 16 : 10;
  let codePoint = 0;
  let at = first;
  for (; at < cursor.end; at += 1) {
    const digit = digitOf(document.charCodeAt(at));
    if (digit >= radix) break;
    codePoint = Math.min(codePoint * radix + digit, BEYOND_UNICODE);
  }
  if (at === first || document[at] !== ';') fail('BAD_REFERENCE', start, 'A character reference is not complete.');
  if (!isXmlCharacter(codePoint))
    fail('BAD_REFERENCE', start, 'A character reference stands for no character that XML allows.');
  cursor.at = at + 1;
  return codePoint;
}

function digitOf(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x61 + 10 : Number.POSITIVE_INFINITY;
}
