import { defineHandler, readEnv } from '@lamplighter/lambda-kit';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod';
import { signInOf } from './describe-sign-in.ts';

/** How to sign in here; the one route that asks for no sign-in. */
export const handler = defineHandler({
  name: 'console/describe-sign-in',
  compose: () => {
    const env = readEnv({
      STAGE: z.string(),
      SIGN_IN: z.enum(['iam', 'oidc', 'local']),
      OIDC_ISSUER: z.string(),
      OIDC_CLIENT_ID: z.string(),
      OIDC_SCOPE: z.string(),
    });
    return signInOf(env);
  },
  handle: async (_event: unknown, signIn): Promise<APIGatewayProxyStructuredResultV2> => ({
    statusCode: 200,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' },
    body: JSON.stringify(signIn),
  }),
});
