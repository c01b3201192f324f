import type { APIGatewayRequestAuthorizerEventV2 } from 'aws-lambda';
import * as z from 'zod';
import { jwksKeys } from '../../adapters/jwks-keys.ts';
import { readEnv } from '../../runtime/read-env.ts';
import { safeLog } from '../../runtime/safe-log.ts';
import { type Authorization, type AuthorizeMobileDeps, authorizeMobile } from './authorize-mobile.ts';

let deps: AuthorizeMobileDeps | undefined;

/** Authorizer of the mobile API. It calls nothing of AWS, so it has no client to load: every caller waits for its cold start. */
export const handler = (event: APIGatewayRequestAuthorizerEventV2): Promise<Authorization> => {
  deps ??= compose();
  return authorizeMobile(event.headers?.authorization, deps);
};

function compose(): AuthorizeMobileDeps {
  const env = readEnv({
    OIDC_ISSUER: z.string().min(1),
    OIDC_AUDIENCE: z.string().min(1),
    OIDC_JWKS_URL: z.url(),
    OIDC_PROPERTIES_CLAIM: z.string().min(1),
  });
  return {
    rules: { issuer: env.OIDC_ISSUER, audience: env.OIDC_AUDIENCE, propertiesClaim: env.OIDC_PROPERTIES_CLAIM },
    keys: jwksKeys(env.OIDC_JWKS_URL),
    now: Date.now,
    refused: (code) => safeLog('warn', 'a token was refused', { code }),
  };
}
