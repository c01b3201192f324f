import { type XmlFaultCode, XmlFaultError } from '../xml-fault.ts';
import { CLASS_OF, isNamePair, isPair, LEGAL, NAME, NAME_START, SPACE } from './character-classes.ts';

/** A place in a document, and what was last seen of a name there. One object per scan: every function moves it on. */
export interface Cursor {
  readonly document: string;
  readonly end: number;
  readonly maxNameLength: number;
  at: number;
  /** Hash of the local part of the last name. */
  nameHash: number;
  /** Where the colon of the last name is, or -1. */
  nameColon: number;
}

const COLON = 0x3a;

export function fail(code: XmlFaultCode, offset: number, reason: string): never {
  throw new XmlFaultError(code, offset, reason);
}

/** Moves over white space; tells whether there was any. */
export function skipSpaces(cursor: Cursor): boolean {
  const { document, end, at: start } = cursor;
  let at = start;
  while (at < end && (CLASS_OF[document.charCodeAt(at)]! & SPACE) !== 0) at += 1;
  cursor.at = at;
  return at > start;
}

/** Moves over a qualified name, taking its hash and colon on the way. */
export function skipName(cursor: Cursor): void {
  const start = cursor.at;
  if (!startsName(cursor)) failAtName(cursor);
  walkName(cursor);
  if (cursor.at - start > cursor.maxNameLength)
    fail('NAME_TOO_LONG', start, `A name is longer than ${cursor.maxNameLength} characters.`);
  if (cursor.nameColon >= 0) checkColon(cursor, start);
}

function walkName(cursor: Cursor): void {
  const { document, end } = cursor;
  let at = cursor.at;
  let hash = 0;
  let colon = -1;
  while (at < end) {
    const code = document.charCodeAt(at);
    if ((CLASS_OF[code]! & NAME) === 0) {
      if (!isNamePair(code, document.charCodeAt(at + 1))) break;
      hash = (Math.imul(hash, 31) + code) | 0;
      at += 1;
      hash = (Math.imul(hash, 31) + document.charCodeAt(at)) | 0;
      at += 1;
      continue;
    }
    if (code === COLON) {
      if (colon >= 0) fail('BAD_NAME', at, 'A name has more than one colon.');
      colon = at;
      hash = 0;
      at += 1;
      continue;
    }
    hash = (Math.imul(hash, 31) + code) | 0;
    at += 1;
  }
  cursor.at = at;
  cursor.nameHash = hash;
  cursor.nameColon = colon;
}

/** Namespaces in XML 1.0, production [7] QName: a colon stands between two names that have none. */
function checkColon(cursor: Cursor, start: number): void {
  const { document, nameColon: colon, at } = cursor;
  if (colon === start || colon === at - 1) fail('BAD_NAME', start, 'A name starts or ends with its colon.');
  // Production [11] LocalPart is an NCName, [4]: it starts as a name does.
  const code = document.charCodeAt(colon + 1);
  if ((CLASS_OF[code]! & NAME_START) === 0 && !isNamePair(code, document.charCodeAt(colon + 2)))
    fail('BAD_NAME', colon + 1, 'The part of a name after its colon cannot start so.');
}

function startsName({ document, at }: Cursor): boolean {
  const code = document.charCodeAt(at);
  return (CLASS_OF[code]! & NAME_START) !== 0 || isNamePair(code, document.charCodeAt(at + 1));
}

function failAtName(cursor: Cursor): never {
  if (cursor.at >= cursor.end) fail('UNEXPECTED_END', cursor.end, 'The document ends where a name is expected.');
  failIfIllegal(cursor, cursor.at);
  fail('BAD_NAME', cursor.at, 'A name cannot start with this character.');
}

/** Fails where the character there may not stand in any XML document. */
export function failIfIllegal({ document }: Cursor, at: number): void {
  const code = document.charCodeAt(at);
  if ((CLASS_OF[code]! & LEGAL) === 0 && !isPair(code, document.charCodeAt(at + 1)))
    fail('ILLEGAL_CHARACTER', at, `The code unit 0x${code.toString(16)} is not allowed in XML.`);
}

/** Fails at the first character between two offsets that may not stand in any XML document. */
export function checkLegal(cursor: Cursor, start: number, end: number): void {
  const { document } = cursor;
  for (let at = start; at < end; at += 1) {
    const code = document.charCodeAt(at);
    if ((CLASS_OF[code]! & LEGAL) !== 0) continue;
    if (!isPair(code, document.charCodeAt(at + 1))) failIfIllegal(cursor, at);
    at += 1;
  }
}
