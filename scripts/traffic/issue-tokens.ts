import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/** What a token is to say. */
export interface TokenWish {
  readonly subject: string;
  readonly scope: string;
  readonly properties: readonly string[];
}

/** A sample identity provider on this machine: a key pair of its own, its public half as JWKS, tokens for whoever asks this process. */
export interface TokenIssuer extends AsyncDisposable {
  readonly issuer: string;
  readonly audience: string;
  readonly jwksUrl: string;
  issue(wish: TokenWish): Promise<string>;
  stop(): Promise<void>;
}

const KEY_ID = 'traffic';
const AUDIENCE = 'reservation-api';
const LIFE_SECONDS = 3_600;

/** Starts the issuer on 127.0.0.1. `now` is the time that tokens are issued at: the sandbox's. */
export async function startTokenIssuer(now: () => number): Promise<TokenIssuer> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: KEY_ID, alg: 'ES256', use: 'sig' }] });
  const server = createServer((_, response) => response.setHeader('content-type', 'application/json').end(jwks));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return {
    issuer,
    audience: AUDIENCE,
    jwksUrl: `${issuer}/.well-known/jwks.json`,
    issue({ subject, scope, properties }) {
      const issuedAt = Math.floor(now() / 1_000);
      return new SignJWT({ scope, properties })
        .setProtectedHeader({ alg: 'ES256', kid: KEY_ID, typ: 'at+jwt' })
        .setIssuer(issuer)
        .setAudience(AUDIENCE)
        .setSubject(subject)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + LIFE_SECONDS)
        .sign(privateKey);
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
