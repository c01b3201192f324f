import { verify } from 'node:crypto';
import type { ServiceContext } from '../../../core/service.ts';
import type { Authorization, Exchange } from '../gateway/exchange.ts';
import { forbidden, type GatewayRefusal, unauthorized } from '../gateway/gateway-answer.ts';
import type { JwtAuthorizer } from '../http-api/http-api.ts';
import { identityOf } from './identity-source.ts';
import type { IssuerKeys } from './issuer-keys.ts';

type Claims = Readonly<Record<string, unknown>>;

/** Only RSA-based algorithms. */
const DIGESTS: Readonly<Record<string, string>> = { RS256: 'sha256', RS384: 'sha384', RS512: 'sha512' };

/**
 * Verifies the request's token. Throws a refusal: 401 for a token that is missing or not valid, 403 where it has none of the route's scopes.
 * Source: API Gateway Developer Guide, "Control access to HTTP APIs with JWT authorizers", authorizing API requests.
 */
export async function authorizeByJwt(
  context: ServiceContext,
  issuerKeys: IssuerKeys,
  exchange: Exchange,
  authorizer: JwtAuthorizer,
): Promise<Authorization> {
  const [identity] = identityOf(authorizer.identitySource, exchange) ?? [];
  if (identity === undefined) throw unauthorized({ 'www-authenticate': 'Bearer' });
  try {
    const claims = await verifiedClaims(identity.replace(/^bearer +/i, ''), issuerKeys, authorizer.issuer);
    checkClaims(claims, authorizer, context.clock.now());
    return { kind: 'jwt', claims: written(claims), scopes: scopesOf(claims, exchange) };
  } catch (error) {
    if (error instanceof Error && error.name === 'GatewayRefusal') throw error;
    throw invalidToken(error instanceof Error ? error.message : String(error), exchange);
  }
}

async function verifiedClaims(token: string, issuerKeys: IssuerKeys, issuer: string): Promise<Claims> {
  const [head = '', body = '', signature = '', ...rest] = token.split('.');
  if (rest.length > 0 || signature === '') throw new Error('the token is malformed');
  const header = part(head);
  const digest = Object.hasOwn(DIGESTS, String(header.alg)) ? DIGESTS[String(header.alg)] : undefined;
  if (!digest) throw new Error('signing method is invalid');
  const key = await issuerKeys.key(issuer, String(header.kid));
  if (!key) throw new Error('unable to find a signing key');
  if (!verify(digest, Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url'))) {
    throw new Error('signature is invalid');
  }
  return part(body);
}

function part(text: string): Claims {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Claims;
  } catch {
    throw new Error('the token is malformed');
  }
}

function checkClaims(claims: Claims, { issuer, audience }: JwtAuthorizer, nowMs: number): void {
  const now = nowMs / 1000;
  const given = claims.aud === undefined ? [claims.client_id] : [claims.aud].flat();
  if (claims.iss !== issuer) throw new Error('the issuer is invalid');
  if (!given.some((one) => audience.includes(String(one)))) throw new Error('the token does not have a valid audience');
  if (typeof claims.exp !== 'number' || claims.exp <= now) throw new Error('the token has expired');
  if (claims.nbf !== undefined && Number(claims.nbf) > now) throw new Error('the token is not valid yet');
  if (claims.iat !== undefined && Number(claims.iat) > now) throw new Error('the token is used before issued');
}

/** The scopes of the token, where the route asks for some: one of them has to be among the route's. */
function scopesOf(claims: Claims, { route, notes }: Exchange): readonly string[] | null {
  const asked = route?.authorizationScopes ?? [];
  if (asked.length === 0) return null;
  const scopes = [claims.scope ?? claims.scp ?? []].flat().flatMap((scope) => String(scope).split(' '));
  if (asked.some((scope) => scopes.includes(scope))) return scopes;
  notes.authorizerError = 'insufficient_scope';
  throw forbidden({ 'www-authenticate': `Bearer scope="${asked.join(' ')}" error="insufficient_scope"` });
}

function invalidToken(reason: string, { notes, route }: Exchange): GatewayRefusal {
  notes.authorizerError = reason;
  const scope = route?.authorizationScopes.join(' ') ?? '';
  return unauthorized({
    'www-authenticate': `Bearer scope="${scope}" error="invalid_token" error_description="${reason.replace(/[^\x20-\x7e]|["\\]/g, '')}"`,
  });
}

/** The event has every claim as text, a list as `[a b]`. */
const written = (claims: Claims): Record<string, string> =>
  Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [
      name,
      Array.isArray(value) ? `[${value.join(' ')}]` : textOf(value),
    ]),
  );

const textOf = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));
