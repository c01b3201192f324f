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

/** Lets go of it: the API knows better than a clock here whether it holds. */
export const dropToken = (): void => sessionStorage.removeItem(TOKEN);
