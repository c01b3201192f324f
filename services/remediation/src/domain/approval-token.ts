import { readToken, signToken } from '@lamplighter/signed-links';
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

const PURPOSE = 'approval';

/** What stands in an approver's own link: one repair, one person, one decision, one deployment. */
export const signApproval = (claims: ApprovalClaims, key: Uint8Array): string => signToken(PURPOSE, claims, key);

export function verifyApproval(
  token: string,
  { key, realm, now }: { readonly key: Uint8Array; readonly realm: string; readonly now: number },
): ApprovalVerdict {
  const reading = readToken(token, { purpose: PURPOSE, key, schema: Claims });
  if (reading.kind === 'refused') return reading;
  const { claims } = reading;
  if (claims.realm !== realm) return { kind: 'refused', reason: 'foreign' };
  return claims.expiresAt <= now ? { kind: 'refused', reason: 'expired' } : { kind: 'valid', claims };
}
