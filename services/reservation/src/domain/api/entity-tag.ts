import { createHash } from 'node:crypto';
import type { ItineraryView } from './answer-schemas.ts';

/** A strong entity tag (RFC 9110, section 8.8.3) of what a caller is shown: equal exactly where the bytes are. */
export const entityTag = (view: ItineraryView): string =>
  `"${createHash('sha256').update(JSON.stringify(view)).digest('base64url').slice(0, 27)}"`;

/** A dozen tags are a client that lost track; more are an attack. */
const LONGEST_HEADER = 512;
const TAGS = /(W\/)?("[\x21\x23-\x7e\x80-\xff]*")/g;

/** Whether `If-None-Match` names the tag: weak comparison, `*` names any. RFC 9110, section 13.1.2. */
export function isKnown(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined || ifNoneMatch.length > LONGEST_HEADER) return false;
  return ifNoneMatch.trim() === '*' || tagsOf(ifNoneMatch).some((each) => each.tag === tag);
}

/**
 * Whether `If-Match` names the tag: strong comparison, so a weak tag never matches (RFC 9110, section 13.1.1). `*` matches nothing
 * here: it would switch off what the header is required for.
 */
export function isUnchanged(ifMatch: string, tag: string): boolean {
  if (ifMatch.length > LONGEST_HEADER) return false;
  return tagsOf(ifMatch).some((each) => !each.isWeak && each.tag === tag);
}

const tagsOf = (header: string) =>
  [...header.matchAll(TAGS)].map(([, weak, tag]) => ({ isWeak: weak !== undefined, tag }));
