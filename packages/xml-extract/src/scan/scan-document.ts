import { type AttributeList, newAttributeList, scanAttributes } from './attributes.ts';
import { CLASS_OF, isPair, PLAIN_TEXT, SPACE } from './character-classes.ts';
import { checkAttributes } from './check-attributes.ts';
import { type Cursor, fail, failIfIllegal, skipName, skipSpaces } from './cursor.ts';
import type { Limits } from './limits.ts';
import { leaveScope, type NamespaceScope, newScope, resolvePrefix } from './namespaces.ts';
import { readReference } from './references.ts';
import { skipCdata, skipComment, skipInstruction } from './skip-markup.ts';
import { skipDeclaration } from './xml-declaration.ts';

/** How a run of text must be read: as it stands, with references and line ends replaced, or with line ends only. */
export type TextKind = 'plain' | 'references' | 'cdata';

/** The start tag that is open: its name by offsets, its attributes, and the namespaces in scope. */
export interface StartTag {
  readonly cursor: Cursor;
  readonly attributes: AttributeList;
  readonly scope: NamespaceScope;
  nameAt: number;
  /** Where the local part starts. */
  localAt: number;
  nameEnd: number;
  nameHash: number;
}

/** Is told what a document holds, in its order. Offsets only: what a sink does not want is never made a string. */
export interface Sink {
  open(tag: StartTag): void;
  text(start: number, end: number, kind: TextKind): void;
  close(): void;
}

interface Scan {
  readonly cursor: Cursor;
  readonly limits: Limits;
  readonly tag: StartTag;
  readonly sink: Sink;
  /** Two offsets of the name of each open element. */
  readonly open: Int32Array;
  depth: number;
  hasRoot: boolean;
}

const LESS = 0x3c;
const GREATER = 0x3e;
const AMPERSAND = 0x26;
const SLASH = 0x2f;
const BANG = 0x21;
const QUESTION = 0x3f;
const BRACKET = 0x5d;
const CARRIAGE_RETURN = 0x0d;
const BYTE_ORDER_MARK = 0xfeff;

/**
 * One pass over a whole document, strict about well-formedness (XML 1.0, fifth edition, and Namespaces in XML 1.0, third
 * edition). Linear in the document's length; what it holds is bounded by the limits.
 *
 * @throws XmlFaultError at the first place that is wrong
 */
export function scanDocument(document: string, limits: Limits, sink: Sink): void {
  const scan = newScan(document, limits, sink);
  const { cursor } = scan;
  if (document.charCodeAt(0) === BYTE_ORDER_MARK) cursor.at = 1;
  skipDeclaration(cursor);
  while (cursor.at < cursor.end) {
    if (document.charCodeAt(cursor.at) === LESS) scanMarkup(scan);
    else if (scan.depth > 0) scanText(scan);
    else scanOutside(scan);
  }
  if (scan.depth > 0) fail('UNEXPECTED_END', cursor.end, `The document ends inside the element ${innermost(scan)}.`);
  if (!scan.hasRoot) fail('NO_ROOT', cursor.end, 'The document has no element.');
}

function newScan(document: string, limits: Limits, sink: Sink): Scan {
  const { maxNameLength, maxDepth, maxAttributes, maxTextLength, maxNamespaces } = limits;
  const cursor: Cursor = { document, end: document.length, maxNameLength, at: 0, nameHash: 0, nameColon: -1 };
  const attributes = newAttributeList(maxAttributes, maxTextLength);
  const scope = newScope(maxNamespaces);
  const tag: StartTag = { cursor, attributes, scope, nameAt: 0, localAt: 0, nameEnd: 0, nameHash: 0 };
  return { cursor, limits, tag, sink, open: new Int32Array(2 * (maxDepth + 1)), depth: 0, hasRoot: false };
}

function scanMarkup(scan: Scan): void {
  const { cursor } = scan;
  const code = cursor.document.charCodeAt(cursor.at + 1);
  if (code === SLASH) scanEndTag(scan);
  else if (code === BANG) scanBang(scan);
  else if (code === QUESTION) {
    cursor.at += 2;
    skipInstruction(cursor);
  } else scanStartTag(scan);
}

function scanBang(scan: Scan): void {
  const { cursor, sink } = scan;
  const { document, at } = cursor;
  if (document.startsWith('--', at + 2)) {
    cursor.at = at + 4;
    skipComment(cursor);
  } else if (document.startsWith('[CDATA[', at + 2)) {
    if (scan.depth === 0) fail('TEXT_OUTSIDE_ROOT', at, 'A CDATA section stands outside the root element.');
    cursor.at = at + 9;
    const end = skipCdata(cursor);
    checkTextLength(scan, at + 9, end);
    sink.text(at + 9, end, 'cdata');
  } else if (document.startsWith('DOCTYPE', at + 2)) {
    fail('DTD_FORBIDDEN', at, 'A document type declaration is not accepted: messages have no use for entities.');
  } else fail('BAD_TAG', at, 'After <! only a comment or a CDATA section can follow.');
}

function scanStartTag(scan: Scan): void {
  const { cursor, tag, limits } = scan;
  if (scan.depth === 0 && scan.hasRoot) fail('SECOND_ROOT', cursor.at, 'A second element follows the root element.');
  if (scan.depth === limits.maxDepth)
    fail('TOO_DEEP', cursor.at, `Elements are nested deeper than ${limits.maxDepth} levels.`);
  readStartTag(scan);
  const depth = scan.depth + 1;
  scan.depth = depth;
  scan.hasRoot = true;
  if (tag.attributes.count > 0) checkAttributes(cursor, tag.attributes, tag.scope, depth);
  if (tag.localAt > tag.nameAt) checkPrefix(tag);
  scan.open[2 * depth] = tag.nameAt;
  scan.open[2 * depth + 1] = tag.nameEnd;
  scan.sink.open(tag);
  if (cursor.document.charCodeAt(cursor.at) === SLASH) {
    cursor.at += 1;
    closeElement(scan);
  }
  if (cursor.document.charCodeAt(cursor.at) !== GREATER) failInTag(cursor, 'A tag is not closed with >.');
  cursor.at += 1;
}

function readStartTag({ cursor, tag }: Scan): void {
  cursor.at += 1;
  tag.nameAt = cursor.at;
  skipName(cursor);
  tag.localAt = cursor.nameColon < 0 ? tag.nameAt : cursor.nameColon + 1;
  tag.nameEnd = cursor.at;
  tag.nameHash = cursor.nameHash;
  scanAttributes(cursor, tag.attributes);
}

function checkPrefix({ cursor, scope, nameAt, localAt }: StartTag): void {
  if (cursor.document.startsWith('xmlns:', nameAt))
    fail('BAD_NAMESPACE', nameAt, 'An element must not have the prefix xmlns.');
  resolvePrefix(cursor, scope, nameAt, localAt - 1);
}

function failInTag(cursor: Cursor, reason: string): never {
  if (cursor.at >= cursor.end) fail('UNEXPECTED_END', cursor.end, 'The document ends inside a tag.');
  failIfIllegal(cursor, cursor.at);
  fail('BAD_TAG', cursor.at, reason);
}

function scanEndTag(scan: Scan): void {
  const { cursor } = scan;
  const start = cursor.at + 2;
  if (scan.depth === 0) fail('MISMATCHED_TAG', cursor.at, 'An end tag stands outside the root element.');
  const nameAt = scan.open[2 * scan.depth]!;
  const end = start + scan.open[2 * scan.depth + 1]! - nameAt;
  if (!isSameText(cursor.document, nameAt, start, end)) failMismatch(scan, start);
  cursor.at = end;
  if (cursor.document.charCodeAt(end) !== GREATER) {
    if (!skipSpaces(cursor) && cursor.at < cursor.end) failMismatch(scan, start);
    if (cursor.document.charCodeAt(cursor.at) !== GREATER) failInTag(cursor, 'An end tag is not closed with >.');
  }
  cursor.at += 1;
  closeElement(scan);
}

function isSameText(document: string, expectedAt: number, start: number, end: number): boolean {
  for (let at = start, expected = expectedAt; at < end; at += 1, expected += 1)
    if (document.charCodeAt(at) !== document.charCodeAt(expected)) return false;
  return true;
}

function failMismatch(scan: Scan, start: number): never {
  scan.cursor.at = start;
  skipName(scan.cursor);
  if (scan.cursor.at >= scan.cursor.end) fail('UNEXPECTED_END', scan.cursor.end, 'The document ends inside a tag.');
  const found = scan.cursor.document.slice(start, scan.cursor.at);
  fail('MISMATCHED_TAG', start, `The end tag ${found} closes the element ${innermost(scan)}.`);
}

const innermost = ({ cursor, open, depth }: Scan): string =>
  cursor.document.slice(open[2 * depth]!, open[2 * depth + 1]!);

function closeElement(scan: Scan): void {
  scan.sink.close();
  if (scan.tag.scope.depths.length > 0) leaveScope(scan.tag.scope, scan.depth);
  scan.depth -= 1;
}

/** Moves over text inside the root element, up to the next `<`. */
function scanText(scan: Scan): void {
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

function checkTextLength({ limits }: Scan, start: number, end: number): void {
  if (end - start > limits.maxTextLength)
    fail('TEXT_TOO_LONG', start, `A text is longer than ${limits.maxTextLength} characters.`);
}

function scanOutside({ cursor }: Scan): void {
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
