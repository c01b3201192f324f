import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export const CLIENT_ID = 'console-test';
const KEY_ID = 'k1';

/** An OpenID provider on loopback where one person is signed in already: code flow with PKCE, as RFC 7636 and OpenID Connect Core say. */
export async function startIdentityProvider() {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  let lifetimeS = 300;
  let denial: string | undefined;
  const codes = new Map<string, { readonly challenge: string; readonly nonce: string }>();
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  /** A signed ID token; `claims` take the place of its own. */
  const token = (claims: object = {}): string => {
    const now = Math.floor(Date.now() / 1000);
    const payload = {
      iss: issuer,
      aud: CLIENT_ID,
      sub: '17',
      email: 'anna@example.com',
      email_verified: true,
      iat: now,
      exp: now + lifetimeS,
      ...claims,
    };
    const signed = [{ alg: 'RS256', kid: KEY_ID }, payload]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`;
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', issuer);
    response.setHeader('access-control-allow-origin', '*');
    if (url.pathname === '/authorize') return sendBack(url, response);
    const body = url.pathname === '/token' ? await exchange(request) : WELL_KNOWN[url.pathname];
    response
      .writeHead(body ? 200 : 400, { 'content-type': 'application/json' })
      .end(JSON.stringify(body ?? { error: 'invalid_grant' }));
  }

  const WELL_KNOWN: Readonly<Record<string, object>> = {
    '/.well-known/openid-configuration': {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/keys`,
    },
    '/keys': { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: KEY_ID, alg: 'RS256', use: 'sig' }] },
  };

  function sendBack({ searchParams: asked }: URL, response: ServerResponse): void {
    if (denial !== undefined) {
      const back = new URL(asked.get('redirect_uri') ?? '');
      const told = { error: 'access_denied', error_description: denial, state: asked.get('state') ?? '' };
      for (const [name, value] of Object.entries(told)) back.searchParams.set(name, value);
      response.writeHead(302, { location: back.href }).end();
      return;
    }
    const code = randomUUID();
    codes.set(code, { challenge: asked.get('code_challenge') ?? '', nonce: asked.get('nonce') ?? '' });
    const back = new URL(asked.get('redirect_uri') ?? '');
    back.searchParams.set('code', code);
    back.searchParams.set('state', asked.get('state') ?? '');
    response.writeHead(302, { location: back.href }).end();
  }

  async function exchange(request: IncomingMessage): Promise<object | undefined> {
    const form = new URLSearchParams(await text(request));
    const known = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (known?.challenge !== challenge) return undefined;
    return {
      access_token: randomUUID(),
      token_type: 'Bearer',
      expires_in: lifetimeS,
      id_token: token({ nonce: known.nonce }),
    };
  }

  return {
    issuer,
    token,
    /** How long tokens hold from now on. */
    setLifetime: (seconds: number) => {
      lifetimeS = seconds;
    },
    /** Nobody is let in from now on, for this reason; without one, everybody is again. */
    deny: (reason?: string) => {
      denial = reason;
    },
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}
