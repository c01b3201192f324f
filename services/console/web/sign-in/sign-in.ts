import { nameOfClaims } from '../../src/domain/name-of-claims.ts';
import type { SignIn } from '../../src/publish/sign-in.ts';
import { authorizeBy } from '../live/api-client.ts';
import { endSession } from '../live/session.ts';
import { dropToken, type IdToken, isSignedOut, keepToken, keptToken, signOut } from './kept-token.ts';

/** Whether the page may go on: signed in (with a way to sign out where there is one), signed out, on the way to the provider, or not from a browser at all. */
export type SignedIn =
  | { readonly kind: 'ready'; readonly who: string; readonly signOut?: () => void }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'leaving' }
  | { readonly kind: 'signed-requests-only' };

/** Signs in as this deployment wants it. What OpenID Connect needs is loaded only where this tab has no token yet. */
export async function signIn(): Promise<SignedIn> {
  const description = JSON.parse(document.querySelector<HTMLMetaElement>('meta[name=sign-in]')!.content) as SignIn;
  if (description.kind === 'local') return { kind: 'ready', who: 'local' };
  if (description.kind !== 'oidc') return { kind: 'signed-requests-only' };
  if (isSignedOut()) return { kind: 'signed-out' };
  const token = keptToken() ?? (await tokenByCode(description));
  if (token === undefined) return { kind: 'leaving' };
  authorizeBy(`Bearer ${token.idToken}`, () => {
    dropToken();
    endSession();
  });
  return { kind: 'ready', who: token.who, signOut };
}

async function tokenByCode(provider: Extract<SignIn, { kind: 'oidc' }>): Promise<IdToken | undefined> {
  const { signInByCode } = await import('./sign-in-by-code.ts');
  const signedIn = await signInByCode(provider);
  if (signedIn === undefined) return undefined;
  const { idToken, claims } = signedIn;
  const token = { idToken, who: nameOfClaims(claims) ?? '', expiresAt: claims.exp * 1_000 };
  keepToken(token);
  return token;
}
