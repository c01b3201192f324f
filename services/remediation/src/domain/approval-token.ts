import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';

const Claims = z.object({
  remediationId: z.string(),
  approver: z.string(),
  decision: z.enum(['approve', 'decline']),
  /** The deployment that it belongs to: `stage/region/account`. */
  realm: z.string(),
  expiresAt: z.number(),
});
export type ApprovalClaims = z.infer<typeof Claims>;

export type ApprovalVerdict =
  | { readonly kind: 'valid'; readonly claims: ApprovalClaims }
  | { readonly kind: 'refused'; readonly reason: 'malformed' | 'forged' | 'expired' | 'foreign' };

/** What stands in an approver's own link: one repair, one person, one decision, one deployment, and their HMAC-SHA256. */
export function signApproval(claims: ApprovalClaims, key: Uint8Array): string {
  const body = Buffer.from(JSON.stringify(claims)).toString('base64url');
  return `${body}.${macOf(body, key).toString('base64url')}`;
}

export function verifyApproval(
  token: string,
  { key, realm, now }: { readonly key: Uint8Array; readonly realm: string; readonly now: number },
): ApprovalVerdict {
  const [body = '', mac = '', ...more] = token.split('.');
  if (more.length > 0 || body === '' || mac === '') return { kind: 'refused', reason: 'malformed' };
  const given = Buffer.from(mac, 'base64url');
  const wanted = macOf(body, key);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return { kind: 'refused', reason: 'forged' };
  const claims = Claims.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString()));
  if (!claims.success) return { kind: 'refused', reason: 'malformed' };
  if (claims.data.realm !== realm) return { kind: 'refused', reason: 'foreign' };
  return claims.data.expiresAt <= now ? { kind: 'refused', reason: 'expired' } : { kind: 'valid', claims: claims.data };
}

const macOf = (body: string, key: Uint8Array): Buffer => createHmac('sha256', key).update(`approval.${body}`).digest();
