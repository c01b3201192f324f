/**
 * Who a token is of, as approvals are kept: the e-mail address where the provider vouches for it (`email_verified`, OpenID Connect Core 5.1),
 * else the subject. An address that nobody verified may be any that its owner typed, an approver's too.
 */
export function nameOfClaims(claims: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const isVerified = claims?.email_verified === true || claims?.email_verified === 'true';
  return (isVerified ? textOf(claims?.email) : undefined) ?? textOf(claims?.sub);
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
