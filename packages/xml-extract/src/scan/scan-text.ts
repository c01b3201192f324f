import { CLASS_OF, isPair, PLAIN_TEXT, SPACE } from './character-classes.ts';
import { type Cursor, fail, failIfIllegal, skipSpaces } from './cursor.ts';
import { readReference } from './references.ts';
import type { Scan, TextKind } from './scan-state.ts';

const LESS = 0x3c;
const GREATER = 0x3e;
const AMPERSAND = 0x26;
const BRACKET = 0x5d;
const CARRIAGE_RETURN = 0x0d;

/** Moves over text inside the root element, up to the next `<`. */
export function scanText(scan: Scan): void {
  const { cursor } = scan;
  const { document, end } = cursor;
  const start = cursor.at;
  let kind: TextKind = 'plain';
  let at = start;
  while (at < end) {
    const code = document.charCodeAt(at);
    if ((CLASS_OF[code]! & PLAIN_TEXT) !== 0) {
      at += 1;
      continue;
    }
    if (code === LESS) break;
    if (code === AMPERSAND || code === CARRIAGE_RETURN) kind = 'references';
    cursor.at = at;
    skipUnplain(cursor, start);
    at = cursor.at;
  }
  cursor.at = at;
  checkTextLength(scan, start, at);
  scan.sink.text(start, at, kind);
}

function skipUnplain(cursor: Cursor, textStart: number): void {
  const { document, at } = cursor;
  const code = document.charCodeAt(at);
  if (code === AMPERSAND) readReference(cursor);
  else if (code === GREATER) {
    if (at - 2 >= textStart && document.charCodeAt(at - 1) === BRACKET && document.charCodeAt(at - 2) === BRACKET)
      fail('CDATA_END_IN_TEXT', at - 2, 'Text holds ]]> outside a CDATA section.');
    cursor.at = at + 1;
  } else if (isPair(code, document.charCodeAt(at + 1))) cursor.at = at + 2;
  else {
    failIfIllegal(cursor, at);
    cursor.at = at + 1;
  }
}

/** Fails where a run of text is longer than the limit. */
export function checkTextLength({ limits }: Scan, start: number, end: number): void {
  if (end - start > limits.maxTextLength)
    fail('TEXT_TOO_LONG', start, `A text is longer than ${limits.maxTextLength} characters.`);
}

/** Moves over white space outside the root element; fails at anything else but markup. */
export function scanOutside({ cursor }: Scan): void {
  skipSpaces(cursor);
  const code = cursor.document.charCodeAt(cursor.at);
  if (cursor.at >= cursor.end || code === LESS) return;
  failIfIllegal(cursor, cursor.at);
  fail('TEXT_OUTSIDE_ROOT', cursor.at, 'Text stands outside the root element.');
}

/** Whether a run of text is white space alone. */
export function isBlank({ document }: Cursor, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if ((CLASS_OF[document.charCodeAt(at)]! & SPACE) === 0) return false;
  return true;
}
