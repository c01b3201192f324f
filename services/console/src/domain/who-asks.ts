import { nameOfClaims } from './name-of-claims.ts';

/** How people sign in: signed requests, tokens of an identity provider, or nobody at all on a developer's machine. */
export type SignIn = 'iam' | 'oidc' | 'local';

/** What API Gateway's authorizer says of the caller. */
export interface Authorizer {
  readonly jwt?: { readonly claims: Readonly<Record<string, unknown>> };
  readonly iam?: { readonly userArn?: string | null };
}

const MOST_CHARACTERS = 200;

/**
 * Who asks, as it is written down with what they do; undefined for nobody. `local` holds only where AWS itself is on this machine
 * (`AWS_ENDPOINT_URL` on loopback, as the sandbox sets it): nothing that a caller sends can pretend that.
 */
export function whoAsks(
  signIn: SignIn,
  authorizer: Authorizer | undefined,
  awsEndpointUrl: string | undefined,
): string | undefined {
  if (signIn === 'local') return isLoopback(awsEndpointUrl) ? 'local' : undefined;
  if (signIn === 'iam') return named(authorizer?.iam?.userArn);
  return named(nameOfClaims(authorizer?.jwt?.claims));
}

const named = (name: unknown): string | undefined =>
  typeof name === 'string' && name !== '' ? name.slice(0, MOST_CHARACTERS) : undefined;

function isLoopback(url: string | undefined): boolean {
  if (url === undefined || !URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  return hostname === '127.0.0.1' || hostname === 'localhost' || hostname === '[::1]';
}
