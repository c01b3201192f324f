import { errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import * as z from 'zod';
import { MOST_PROPERTIES, propertyCodeSchema, type Scope, scopeSchema } from './caller.ts';

/** What a token has to say of itself to be taken. */
export interface TokenRules {
  readonly issuer: string;
  readonly audience: string;
  /** Name of the claim that lists property codes. */
  readonly propertiesClaim: string;
}

/** What the token of a caller says, once it is believed. */
export interface TokenGrant {
  readonly subject: string;
  readonly scopes: readonly Scope[];
  readonly properties: readonly string[];
  /** Seconds of the epoch, as tokens have it. */
  readonly expiresAt: number;
}

/** `keys-unavailable` is no verdict on the token: the issuer's keys could not be read, and the question may be asked again. */
export type TokenVerdict =
  | { readonly kind: 'granted'; readonly grant: TokenGrant }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'keys-unavailable'; readonly reason: string };

/** Asymmetric alone: with HS256 on the list, a public key would serve as a secret (RFC 8725, sections 2.1 and 3.1). */
const ALGORITHMS = ['RS256', 'ES256'];
/** Clocks of issuers are off by this much at most. */
const TOLERANCE_SECONDS = 5;
/** A token that lives longer than a day is a leak that lasts. */
const LONGEST_LIFE_SECONDS = 86_400;

const claimsSchema = z.object({
  sub: z.string().min(1).max(256),
  exp: z.number().int(),
  iat: z.number().int(),
  /** RFC 8693, section 4.2: names separated by blanks. */
  scope: z.string().max(1_024).default(''),
});
const propertiesSchema = z.array(propertyCodeSchema).max(MOST_PROPERTIES);

/**
 * Verifies a JWT: signature by a key of the issuer's set that `keys` finds by the header's `kid`, algorithm, issuer, audience, `exp`, `nbf`,
 * and a life of a day at most. Keys in the token itself (`jwk`, `jku`, `x5c`) are never looked at. Scopes that are not ours are left out.
 * Never throws for a token.
 */
export async function verifyToken(
  token: string,
  options: { readonly rules: TokenRules; readonly keys: JWTVerifyGetKey; readonly nowMs: number },
): Promise<TokenVerdict> {
  const { rules, keys, nowMs } = options;
  try {
    const { payload } = await jwtVerify(token, byKeyId(keys), {
      algorithms: ALGORITHMS,
      issuer: rules.issuer,
      audience: rules.audience,
      clockTolerance: TOLERANCE_SECONDS,
      currentDate: new Date(nowMs),
      requiredClaims: ['sub', 'exp', 'iat'],
    });
    const { sub, exp, iat, scope } = claimsSchema.parse(payload);
    if (exp - iat > LONGEST_LIFE_SECONDS) return refused('LIVES_TOO_LONG');
    const properties = propertiesSchema.parse(payload[rules.propertiesClaim]);
    return { kind: 'granted', grant: { subject: sub, scopes: scopesOf(scope), properties, expiresAt: exp } };
  } catch (error) {
    return verdictOf(error);
  }
}

/** A token that names no key would be tried with whichever key fits. */
const byKeyId =
  (keys: JWTVerifyGetKey): JWTVerifyGetKey =>
  (header, jws) => {
    if (typeof header.kid !== 'string' || header.kid === '') throw new errors.JWKSNoMatchingKey();
    return keys(header, jws);
  };

const scopesOf = (scope: string): Scope[] =>
  scope.split(' ').flatMap((name) => {
    const known = scopeSchema.safeParse(name);
    return known.success ? [known.data] : [];
  });

/** Codes alone: a reason is written to the log, and no part of a token may come with it. */
function verdictOf(error: unknown): TokenVerdict {
  if (error instanceof z.ZodError) return refused('CLAIMS_INVALID');
  if (isUnavailable(error)) return { kind: 'keys-unavailable', reason: codeOf(error) };
  if (error instanceof errors.JOSEError) return refused(error.code);
  // A token that no parser foresaw is refused like any other that cannot be verified.
  return refused('UNVERIFIABLE');
}

const isUnavailable = (error: unknown): boolean =>
  error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid || error instanceof KeysUnreachable;

const codeOf = (error: unknown): string => (error instanceof errors.JOSEError ? error.code : 'KEYS_UNREACHABLE');

const refused = (reason: string): TokenVerdict => ({ kind: 'refused', reason });

/** The issuer's keys could not be fetched. */
export class KeysUnreachable extends Error {}
