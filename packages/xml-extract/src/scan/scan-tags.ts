import { scanAttributes } from './attributes.ts';
import { checkAttributes } from './check-attributes.ts';
import { type Cursor, fail, failIfIllegal, skipName, skipSpaces } from './cursor.ts';
import { leaveScope, resolvePrefix } from './namespaces.ts';
import { innermost, type Scan, type StartTag } from './scan-state.ts';

const GREATER = 0x3e;
const SLASH = 0x2f;

/** Moves over a start tag or an empty element, standing on its `<`. */
export function scanStartTag(scan: Scan): void {
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

/** Moves over an end tag, standing on its `<`. */
export function scanEndTag(scan: Scan): void {
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

function closeElement(scan: Scan): void {
  scan.sink.close();
  if (scan.tag.scope.depths.length > 0) leaveScope(scan.tag.scope, scan.depth);
  scan.depth -= 1;
}
