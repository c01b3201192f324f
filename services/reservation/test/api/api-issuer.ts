import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, type JWTHeaderParameters, SignJWT } from 'jose';

export const AUDIENCE = 'reservation-api';
export const KEY_ID = 'key-1';
export const RSA_KEY_ID = 'key-2';

export interface ApiIssuer {
  readonly issuer: string;
  readonly jwksUrl: string;
  readonly rsaPublicPem: string;
  /** Paths that were asked for, in order. */
  readonly asked: readonly string[];
  /** A token; header and claims override those of a good one, `undefined` takes one away. */
  sign(wish?: TokenWish): Promise<string>;
  stop(): Promise<void>;
}

export interface TokenWish {
  readonly header?: Readonly<Record<string, unknown>>;
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly key?: KeyObject | Uint8Array;
}

const LIFE_SECONDS = 600;

/** An identity provider on this machine, with a key of each kind, that signs whatever a test wishes. */
export async function startApiIssuer(nowMs: () => number): Promise<ApiIssuer> {
  const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const keys = [
    { ...(await exportJWK(elliptic.publicKey)), kid: KEY_ID, use: 'sig' },
    { ...(await exportJWK(rsa.publicKey)), kid: RSA_KEY_ID, use: 'sig' },
  ];
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer,
    jwksUrl: `${issuer}/jwks.json`,
    rsaPublicPem: rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    asked,
    sign({ header = {}, claims = {}, key } = {}) {
      const now = Math.floor(nowMs() / 1_000);
      const good = { iss: issuer, aud: AUDIENCE, sub: 'alice', iat: now, nbf: now, exp: now + LIFE_SECONDS };
      const own = key ?? (header.kid === RSA_KEY_ID ? rsa.privateKey : elliptic.privateKey);
      const payload = { ...good, scope: ALL_SCOPES, properties: ['P1001'], ...claims };
      return new SignJWT(withoutUndefined(payload))
        .setProtectedHeader(withoutUndefined({ alg: 'ES256', kid: KEY_ID, ...header }) as JWTHeaderParameters)
        .sign(own, { crit: { 'urn:example:unknown': true } });
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export const ALL_SCOPES = 'itinerary:read itinerary:search itinerary:write';

const withoutUndefined = (record: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
