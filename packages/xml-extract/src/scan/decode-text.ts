import type { Cursor } from './cursor.ts';
import { readReference } from './references.ts';

/** Line ends become LF: XML 1.0 section 2.11. */
export function normaliseLineEnds(raw: string): string {
  return raw.includes('\r') ? raw.replace(/\r\n?/g, '\n') : raw;
}

/** Text with its references replaced. Line ends are taken first, so that `&#13;` stays a CR. */
export function decodeText(raw: string): string {
  return replaceReferences(normaliseLineEnds(raw));
}

/** An attribute value as XML 1.0 section 3.3.3 normalises it: white space becomes blanks, references are replaced. */
export function decodeValue(raw: string): string {
  return replaceReferences(raw.replace(/\r\n|[\r\n\t]/g, ' '));
}

/** `raw` was scanned before, so every ampersand starts a reference that is right. */
function replaceReferences(raw: string): string {
  let ampersand = raw.indexOf('&');
  if (ampersand < 0) return raw;
  const cursor: Cursor = { document: raw, end: raw.length, maxNameLength: 0, at: 0, nameHash: 0, nameColon: -1 };
  const parts: string[] = [];
  let from = 0;
  for (; ampersand >= 0; ampersand = raw.indexOf('&', from)) {
    cursor.at = ampersand;
    parts.push(raw.slice(from, ampersand), String.fromCodePoint(readReference(cursor)));
    from = cursor.at;
  }
  parts.push(raw.slice(from));
  return parts.join('');
}
