import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';

const Claims = z.object({
  alertId: z.string(),
  /** Whom the link was sent to; the answer is recorded under this name. */
  by: z.string(),
  /** The deployment that it belongs to: `stage/region/account`. */
  realm: z.string(),
  expiresAt: z.number(),
});
export type AnswerClaims = z.infer<typeof Claims>;

export type TokenVerdict =
  | { readonly kind: 'valid'; readonly claims: AnswerClaims }
  | { readonly kind: 'refused'; readonly reason: 'malformed' | 'forged' }
  | { readonly kind: 'refused'; readonly reason: 'expired' | 'foreign' | 'stranger'; readonly claims: AnswerClaims };

export interface VerifyContext {
  readonly key: Uint8Array;
  readonly realm: string;
  /** Epoch milliseconds. */
  readonly now: number;
  /** People and channels of the policy in force: whoever has left it answers nothing. */
  readonly answerers: ReadonlySet<string>;
}

/** What stands in a link: the claims and their HMAC-SHA256, both base64url. Whoever holds it may answer that one alert until it expires. */
export function signAnswer(claims: AnswerClaims, key: Uint8Array): string {
  const body = Buffer.from(JSON.stringify(claims)).toString('base64url');
  return `${body}.${macOf(body, key).toString('base64url')}`;
}

/** What a token is worth here and now. */
export function verifyAnswer(token: string, { key, realm, now, answerers }: VerifyContext): TokenVerdict {
  const [body = '', mac = '', ...more] = token.split('.');
  if (more.length > 0 || body === '' || mac === '') return { kind: 'refused', reason: 'malformed' };
  const given = Buffer.from(mac, 'base64url');
  const wanted = macOf(body, key);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return { kind: 'refused', reason: 'forged' };
  const claims = Claims.parse(JSON.parse(Buffer.from(body, 'base64url').toString()));
  if (claims.realm !== realm) return { kind: 'refused', reason: 'foreign', claims };
  if (claims.expiresAt <= now) return { kind: 'refused', reason: 'expired', claims };
  return answerers.has(claims.by) ? { kind: 'valid', claims } : { kind: 'refused', reason: 'stranger', claims };
}

const macOf = (body: string, key: Uint8Array): Buffer =>
  createHmac('sha256', key).update(`alert-answer.${body}`).digest();
