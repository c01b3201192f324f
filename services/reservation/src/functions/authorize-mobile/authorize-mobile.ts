import type { JWTVerifyGetKey } from 'jose';
import { readBearer } from '../../domain/auth/read-bearer.ts';
import { type TokenRules, verifyToken } from '../../domain/auth/verify-token.ts';

export interface AuthorizeMobileDeps {
  readonly rules: TokenRules;
  readonly keys: JWTVerifyGetKey;
  readonly now: () => number;
  /** Codes alone: no part of a token is ever written down. */
  readonly refused: (reason: string) => void;
}

/** The simple response of a Lambda authorizer; values of `context` are flat. */
export interface Authorization {
  readonly isAuthorized: boolean;
  readonly context?: Readonly<Record<string, string | number>>;
}

/**
 * Says who a token is, and nothing of what it may do here: API Gateway keeps the answer for the token, whatever the route, so the operation
 * checks scope, property and expiry itself with every request.
 *
 * @throws Error where the issuer's keys cannot be read, so that API Gateway answers 500 and keeps nothing
 */
export async function authorizeMobile(header: string | undefined, deps: AuthorizeMobileDeps): Promise<Authorization> {
  const token = readBearer(header);
  if (token === undefined) return refuse('NO_BEARER_TOKEN', deps);
  const verdict = await verifyToken(token, { rules: deps.rules, keys: deps.keys, nowMs: deps.now() });
  if (verdict.kind === 'keys-unavailable') throw new Error(`The keys of the issuer cannot be read: ${verdict.reason}`);
  if (verdict.kind === 'refused') return refuse(verdict.reason, deps);
  const { subject, scopes, properties, expiresAt } = verdict.grant;
  return {
    isAuthorized: true,
    context: { subject, scopes: scopes.join(' '), properties: properties.join(' '), expiresAt },
  };
}

function refuse(reason: string, { refused }: AuthorizeMobileDeps): Authorization {
  refused(reason);
  return { isAuthorized: false };
}
