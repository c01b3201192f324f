import { type Cursor, checkLegal, fail, failIfIllegal, skipName, skipSpaces } from './cursor.ts';

/** Moves over a comment, standing after `<!--`. */
export function skipComment(cursor: Cursor): void {
  const { document, at: start } = cursor;
  const hyphens = document.indexOf('--', start);
  checkLegal(cursor, start, hyphens < 0 ? cursor.end : hyphens);
  if (hyphens < 0) fail('UNEXPECTED_END', cursor.end, 'The document ends inside a comment.');
  if (document[hyphens + 2] !== '>') fail('BAD_COMMENT', hyphens, 'A comment holds two hyphens in a row.');
  cursor.at = hyphens + 3;
}

/** Moves over a CDATA section, standing after `<![CDATA[`. Returns where its text ends. */
export function skipCdata(cursor: Cursor): number {
  const { document, at: start } = cursor;
  const close = document.indexOf(']]>', start);
  checkLegal(cursor, start, close < 0 ? cursor.end : close);
  if (close < 0) fail('UNEXPECTED_END', cursor.end, 'The document ends inside a CDATA section.');
  cursor.at = close + 3;
  return close;
}

/** Moves over a processing instruction, standing after `<?`. */
export function skipInstruction(cursor: Cursor): void {
  const { document, at: start } = cursor;
  skipName(cursor);
  const target = document.slice(start, cursor.at);
  // Namespaces in XML 1.0, section 7: targets have no colon. XML 1.0 [17]: no case of "xml" is a target.
  if (target.includes(':')) fail('BAD_INSTRUCTION', start, 'The target of a processing instruction has a colon.');
  if (target.toLowerCase() === 'xml')
    fail('BAD_INSTRUCTION', start, 'An XML declaration may stand at the very start of a document only.');
  if (!skipSpaces(cursor) && !document.startsWith('?>', cursor.at)) failAfterTarget(cursor);
  const close = document.indexOf('?>', cursor.at);
  checkLegal(cursor, cursor.at, close < 0 ? cursor.end : close);
  if (close < 0) fail('UNEXPECTED_END', cursor.end, 'The document ends inside a processing instruction.');
  cursor.at = close + 2;
}

function failAfterTarget(cursor: Cursor): never {
  if (cursor.at >= cursor.end) fail('UNEXPECTED_END', cursor.end, 'The document ends inside a processing instruction.');
  failIfIllegal(cursor, cursor.at);
  fail('BAD_INSTRUCTION', cursor.at, 'White space or ?> must follow the target of a processing instruction.');
}
