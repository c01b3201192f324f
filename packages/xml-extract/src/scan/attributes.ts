import { CLASS_OF, isPair, NAME_START, PLAIN_VALUE } from './character-classes.ts';
import { type Cursor, fail, failIfIllegal, skipName, skipSpaces } from './cursor.ts';
import { decodeValue } from './decode-text.ts';
import { readReference } from './references.ts';

/** The attributes of the tag that is being read: offsets in one array that every tag uses again, so that none allocates. */
export interface AttributeList {
  count: number;
  /** Six numbers each; see the constants. */
  readonly cells: Int32Array;
  readonly maxAttributes: number;
  readonly maxTextLength: number;
}

const CELLS = 6;
const NAME_AT = 0;
/** Where the local part starts; equal to the start of the name where there is no prefix. */
const LOCAL_AT = 1;
const NAME_END = 2;
const VALUE_AT = 3;
/** Negative where the value is not what stands there: it has references or white space to normalise. */
const VALUE_END = 4;
const HASH = 5;

const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const AMPERSAND = 0x26;
const LESS = 0x3c;
const EQUALS = 0x3d;

export function newAttributeList(maxAttributes: number, maxTextLength: number): AttributeList {
  return { count: 0, cells: new Int32Array(CELLS * (maxAttributes + 1)), maxAttributes, maxTextLength };
}

/** Moves over the attributes of a start tag, up to `>` or `/`. */
export function scanAttributes(cursor: Cursor, list: AttributeList): void {
  list.count = 0;
  for (;;) {
    const hasSpace = skipSpaces(cursor);
    const code = cursor.document.charCodeAt(cursor.at);
    if ((CLASS_OF[code]! & NAME_START) === 0 && code < 0xd800) return;
    if (!hasSpace) failInTag(cursor, 'White space must stand before an attribute.');
    scanAttribute(cursor, list);
  }
}

function scanAttribute(cursor: Cursor, list: AttributeList): void {
  if (list.count === list.maxAttributes)
    fail('TOO_MANY_ATTRIBUTES', cursor.at, `An element has more than ${list.maxAttributes} attributes.`);
  const { cells } = list;
  const cell = list.count * CELLS;
  cells[cell + NAME_AT] = cursor.at;
  skipName(cursor);
  cells[cell + LOCAL_AT] = cursor.nameColon < 0 ? cells[cell + NAME_AT]! : cursor.nameColon + 1;
  cells[cell + NAME_END] = cursor.at;
  cells[cell + HASH] = cursor.nameHash;
  skipEquals(cursor);
  cells[cell + VALUE_AT] = cursor.at;
  cells[cell + VALUE_END] = skipValue(cursor, list.maxTextLength);
  list.count += 1;
}

/** Moves over `=` and the opening quote. */
function skipEquals(cursor: Cursor): void {
  skipSpaces(cursor);
  if (cursor.document.charCodeAt(cursor.at) !== EQUALS) failInTag(cursor, 'An attribute has no value.');
  cursor.at += 1;
  skipSpaces(cursor);
  const quote = cursor.document.charCodeAt(cursor.at);
  if (quote !== QUOTE && quote !== APOSTROPHE) failInTag(cursor, 'An attribute value is not quoted.');
  cursor.at += 1;
}

function failInTag(cursor: Cursor, reason: string): never {
  if (cursor.at >= cursor.end) fail('UNEXPECTED_END', cursor.end, 'The document ends inside a tag.');
  failIfIllegal(cursor, cursor.at);
  fail('BAD_ATTRIBUTE', cursor.at, reason);
}

/** Moves over a value and its closing quote. Returns the value's end, as its complement where it must be decoded. */
function skipValue(cursor: Cursor, maxTextLength: number): number {
  const { document, end } = cursor;
  const start = cursor.at;
  const quote = document.charCodeAt(start - 1);
  let isPlain = true;
  let at = start;
  while (at < end) {
    const code = document.charCodeAt(at);
    if ((CLASS_OF[code]! & PLAIN_VALUE) !== 0) {
      at += 1;
      continue;
    }
    if (code === quote) break;
    cursor.at = at;
    if (code === AMPERSAND || code <= 0x20) isPlain = false;
    skipUnplain(cursor, code);
    at = cursor.at;
  }
  if (at >= end) fail('UNEXPECTED_END', end, 'The document ends inside an attribute value.');
  if (at - start > maxTextLength)
    fail('TEXT_TOO_LONG', start, `An attribute value is longer than ${maxTextLength} characters.`);
  cursor.at = at + 1;
  return isPlain ? at : ~at;
}

function skipUnplain(cursor: Cursor, code: number): void {
  if (code === AMPERSAND) readReference(cursor);
  else if (code === LESS) fail('BAD_ATTRIBUTE', cursor.at, 'An attribute value holds a less-than sign.');
  else if (isPair(code, cursor.document.charCodeAt(cursor.at + 1))) cursor.at += 2;
  else {
    failIfIllegal(cursor, cursor.at);
    cursor.at += 1;
  }
}

/** Offsets of an attribute's name. */
export const attributeNameAt = ({ cells }: AttributeList, index: number): number => cells[index * CELLS + NAME_AT]!;
export const attributeLocalAt = ({ cells }: AttributeList, index: number): number => cells[index * CELLS + LOCAL_AT]!;
export const attributeNameEnd = ({ cells }: AttributeList, index: number): number => cells[index * CELLS + NAME_END]!;
export const attributeHash = ({ cells }: AttributeList, index: number): number => cells[index * CELLS + HASH]!;

/** The value as an application sees it. */
export function attributeValue({ document }: Cursor, { cells }: AttributeList, index: number): string {
  const start = cells[index * CELLS + VALUE_AT]!;
  const end = cells[index * CELLS + VALUE_END]!;
  return end >= 0 ? document.slice(start, end) : decodeValue(document.slice(start, ~end));
}
