import type { Limits } from '../limits.ts';
import { fail } from './cursor.ts';
import { innermost, newScan, type Scan, type Sink } from './scan-state.ts';
import { scanEndTag, scanStartTag } from './scan-tags.ts';
import { checkTextLength, scanOutside, scanText } from './scan-text.ts';
import { skipCdata, skipComment, skipInstruction } from './skip-markup.ts';
import { skipDeclaration } from './xml-declaration.ts';

const LESS = 0x3c;
const SLASH = 0x2f;
const BANG = 0x21;
const QUESTION = 0x3f;
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
