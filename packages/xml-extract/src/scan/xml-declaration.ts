import { type Cursor, fail } from './cursor.ts';

/** Production [23] XMLDecl with [24] to [26], [32], [80]. Any 1.x is read as 1.0 (section 2.8). */
const DECLARATION =
  /<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"1\.[0-9]+"|'1\.[0-9]+')(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:"([A-Za-z][A-Za-z0-9._-]*)"|'([A-Za-z][A-Za-z0-9._-]*)'))?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\r\n]*\?>/y;
/** Where an encoding is looked for. */
const HEAD_LENGTH = 1024;
const START = /<\?xml[ \t\r\n?]/y;

/** Moves over the XML declaration where the document starts with one. */
export function skipDeclaration(cursor: Cursor): void {
  if (matchAt(START, cursor.document, cursor.at) === null) return;
  const declaration = matchAt(DECLARATION, cursor.document, cursor.at);
  if (declaration === null) fail('BAD_DECLARATION', cursor.at, 'The XML declaration is not of the form of XML 1.0.');
  cursor.at += declaration[0].length;
}

/** The encoding that a document's declaration names, if any; `head` is its start. */
export function declaredEncoding(head: string): string | undefined {
  const declaration = matchAt(DECLARATION, head.slice(0, HEAD_LENGTH), head.startsWith('\ufeff') ? 1 : 0);
  return declaration?.[1] ?? declaration?.[2];
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
