/** What the page has to know before anybody is signed in. Nothing of it is secret. */
export type SignInDescription =
  | { readonly kind: 'iam' | 'local'; readonly stage: string }
  | {
      readonly kind: 'oidc';
      readonly stage: string;
      readonly issuer: string;
      readonly clientId: string;
      readonly scope: string;
    };

/** Reads the description from the function's environment. */
export function signInOf(env: {
  readonly STAGE: string;
  readonly SIGN_IN: 'iam' | 'oidc' | 'local';
  readonly OIDC_ISSUER: string;
  readonly OIDC_CLIENT_ID: string;
  readonly OIDC_SCOPE: string;
}): SignInDescription {
  if (env.SIGN_IN !== 'oidc') return { kind: env.SIGN_IN, stage: env.STAGE };
  return {
    kind: 'oidc',
    stage: env.STAGE,
    issuer: env.OIDC_ISSUER,
    clientId: env.OIDC_CLIENT_ID,
    scope: env.OIDC_SCOPE,
  };
}
