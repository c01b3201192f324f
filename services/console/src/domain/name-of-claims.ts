/**
 * Who a token is of, as approvals are kept: the e-mail address where the provider vouches for it (`email_verified`, OpenID Connect Core 5.1),
 * else the subject, as `sub:…`. An address that nobody verified may be any that its owner typed, an approver's too; and a subject may be chosen, so
 * that it must never read as somebody's name or address.
 */
export function nameOfClaims(claims: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const isVerified = claims?.email_verified === true || claims?.email_verified === 'true';
  const subject = textOf(claims?.sub);
  return (isVerified ? textOf(claims?.email) : undefined) ?? (subject === undefined ? undefined : `sub:${subject}`);
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
