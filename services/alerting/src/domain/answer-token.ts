import { readToken, signToken } from '@lamplighter/signed-links';
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

const PURPOSE = 'alert-answer';

/** What stands in a link. Whoever holds it may answer that one alert until it expires. */
export const signAnswer = (claims: AnswerClaims, key: Uint8Array): string => signToken(PURPOSE, claims, key);

/** What a token is worth here and now. */
export function verifyAnswer(token: string, { key, realm, now, answerers }: VerifyContext): TokenVerdict {
  const reading = readToken(token, { purpose: PURPOSE, key, schema: Claims });
  if (reading.kind === 'refused') return reading;
  const { claims } = reading;
  if (claims.realm !== realm) return { kind: 'refused', reason: 'foreign', claims };
  if (claims.expiresAt <= now) return { kind: 'refused', reason: 'expired', claims };
  return answerers.has(claims.by) ? { kind: 'valid', claims } : { kind: 'refused', reason: 'stranger', claims };
}
