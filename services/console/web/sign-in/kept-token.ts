/** The token of this tab. */
export interface IdToken {
  readonly idToken: string;
  /** As the API names its owner. */
  readonly who: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

const TOKEN = 'lamplighter.token';
const EARLY_MS = 30_000;

/** The token in the tab's session storage, the one place where it lives; undefined once it is about to end, by this machine's clock. */
export function keptToken(): IdToken | undefined {
  const text = sessionStorage.getItem(TOKEN);
  const token = text === null ? undefined : (JSON.parse(text) as IdToken);
  return token !== undefined && token.expiresAt > Date.now() + EARLY_MS ? token : undefined;
}

/** Keeps it for reloads of this tab. */
export const keepToken = (token: IdToken): void => sessionStorage.setItem(TOKEN, JSON.stringify(token));

const SIGNED_OUT = 'lamplighter.signed-out';

/** Whether somebody signed out here, and did not sign in again: then nobody is sent to the provider, who may know them still. */
export const isSignedOut = (): boolean => sessionStorage.getItem(SIGNED_OUT) !== null;

/** Lets go of the token and of everything that the page shows. */
export function signOut(): void {
  dropToken();
  sessionStorage.setItem(SIGNED_OUT, '1');
  location.reload();
}

/** Begins to sign in, from the page's own address: what a provider added to it is over. */
export function signInAgain(): void {
  sessionStorage.removeItem(SIGNED_OUT);
  location.assign(`/${location.hash}`);
  if (location.search === '') location.reload();
}

/** Lets go of it: the API knows better than a clock here whether it holds. */
export const dropToken = (): void => sessionStorage.removeItem(TOKEN);
