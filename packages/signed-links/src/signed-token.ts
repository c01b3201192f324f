import { createHmac, timingSafeEqual } from 'node:crypto';
import type * as z from 'zod';

/** A token that is ours, or why it is not: `malformed` is not of a token's form, `forged` was not signed with this key for this purpose. */
export type TokenReading<Claims> =
  | { readonly kind: 'read'; readonly claims: Claims }
  | { readonly kind: 'refused'; readonly reason: 'malformed' | 'forged' };

/**
 * Claims and their HMAC-SHA256, both base64url, for a link that people click. Signed, not secret: whoever holds it may read it.
 * @param purpose goes into the signature, so that a token for one purpose is forged for any other
 */
export function signToken(purpose: string, claims: object, key: Uint8Array): string {
  const body = Buffer.from(JSON.stringify(claims)).toString('base64url');
  return `${body}.${macOf(purpose, body, key).toString('base64url')}`;
}

/** What a token claims, if it was signed with this key for this purpose. Whether the claims count here and now is the caller's to judge. */
export function readToken<Claims>(
  token: string,
  { purpose, key, schema }: { readonly purpose: string; readonly key: Uint8Array; readonly schema: z.ZodType<Claims> },
): TokenReading<Claims> {
  const [body = '', mac = '', ...more] = token.split('.');
  if (more.length > 0 || body === '' || mac === '') return { kind: 'refused', reason: 'malformed' };
  const given = Buffer.from(mac, 'base64url');
  const wanted = macOf(purpose, body, key);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return { kind: 'refused', reason: 'forged' };
  const claims = schema.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString()));
  return claims.success ? { kind: 'read', claims: claims.data } : { kind: 'refused', reason: 'malformed' };
}

const macOf = (purpose: string, body: string, key: Uint8Array): Buffer =>
  createHmac('sha256', key).update(`${purpose}.${body}`).digest();
