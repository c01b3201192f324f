import { generateKeyPairSync } from 'node:crypto';
import { exportJWK } from 'jose';
import { RSA_KEY_ID, type TokenWish } from '../api-issuer.ts';
import { type Attack, itinerary, type Prey, UNKNOWN } from './attack.ts';

const withHeader = (name: string, authorization: string | string[]): Attack => ({
  name,
  request: (prey) => ({ path: itinerary(prey), headers: { authorization } }),
  refusedWith: UNKNOWN,
});

/** A token that says something else than a good one. */
const withToken = (name: string, wish: TokenWish | ((prey: Prey) => TokenWish | Promise<TokenWish>)): Attack => ({
  name,
  request: async (prey) => ({
    path: itinerary(prey),
    headers: await prey.api.bearer(typeof wish === 'function' ? await wish(prey) : wish),
  }),
  refusedWith: UNKNOWN,
});

/** A good token, changed by hand. */
const withChangedToken = (name: string, change: (parts: [string, string, string]) => string): Attack => ({
  name,
  request: async (prey) => {
    const token = await prey.api.issuer.sign();
    return {
      path: itinerary(prey),
      headers: { authorization: `Bearer ${change(token.split('.') as [string, string, string])}` },
    };
  },
  refusedWith: UNKNOWN,
});

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const decoded = (part: string): Record<string, unknown> => JSON.parse(Buffer.from(part, 'base64url').toString());
const seconds = ({ api }: Prey): number => Math.floor(api.clock.now() / 1_000);
const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** Tokens that are none, somebody else's, or changed. */
export const TOKEN_ATTACKS: readonly Attack[] = [
  { name: 'no token', request: (prey) => ({ path: itinerary(prey) }), refusedWith: UNKNOWN },
  withHeader('an empty bearer', 'Bearer '),
  withHeader('basic credentials', 'Basic YWRtaW46YWRtaW4='),
  withHeader('rubbish for a token', 'Bearer not.a.token'),
  withHeader('a token of five parts', 'Bearer a.b.c.d.e'),
  withHeader('an over-long token', `Bearer ${'a'.repeat(3_000)}.${'b'.repeat(3_000)}.${'c'.repeat(2_000)}`),
  {
    name: 'a lower-case bearer',
    request: async (prey) => ({
      path: itinerary(prey),
      headers: { authorization: `bearer ${await prey.api.issuer.sign()}` },
    }),
    refusedWith: UNKNOWN,
  },
  {
    name: 'two tokens in one header',
    request: async (prey) => {
      const token = await prey.api.issuer.sign();
      return { path: itinerary(prey), headers: { authorization: `Bearer ${token}, Bearer ${token}` } };
    },
    refusedWith: UNKNOWN,
  },
  {
    name: 'two Authorization headers',
    request: async (prey) => ({
      path: itinerary(prey),
      headers: { authorization: ['Bearer a.b.c', `Bearer ${await prey.api.issuer.sign()}`] },
    }),
    refusedWith: UNKNOWN,
  },
  {
    name: 'a token in the query',
    request: async (prey) => ({ path: `${itinerary(prey)}?access_token=${await prey.api.issuer.sign()}` }),
    refusedWith: UNKNOWN,
  },
  {
    name: 'a token in a cookie',
    request: async (prey) => ({
      path: itinerary(prey),
      headers: { cookie: `authorization=Bearer ${await prey.api.issuer.sign()}` },
    }),
    refusedWith: UNKNOWN,
  },
  withToken('an expired token', (prey) => ({
    claims: { iat: seconds(prey) - 700, nbf: seconds(prey) - 700, exp: seconds(prey) - 60 },
  })),
  withToken('a token that is not valid yet', (prey) => ({ claims: { nbf: seconds(prey) + 60 } })),
  withToken('a token without expiry', { claims: { exp: undefined } }),
  withToken('a token that lives for a year', (prey) => ({ claims: { exp: seconds(prey) + 31_536_000 } })),
  withToken('a token of another issuer', { claims: { iss: 'https://evil.example.com' } }),
  withToken('a token for another audience', { claims: { aud: 'another-api' } }),
  withToken('a token for nobody', { claims: { aud: undefined } }),
  withToken('a token of nobody', { claims: { sub: undefined } }),
  withToken('an unknown key', { header: { kid: 'key-9' }, key: own.privateKey }),
  withToken('no key named', { header: { kid: undefined } }),
  withToken("the issuer's key id on another key", { key: own.privateKey }),
  withToken('a path as key id', { header: { kid: '../../../../dev/null' }, key: own.privateKey }),
  withToken('SQL as key id', { header: { kid: "key-1' OR '1'='1" }, key: own.privateKey }),
  withToken('a key in the token (jwk)', async () => ({
    header: { jwk: await exportJWK(own.publicKey), kid: 'mine' },
    key: own.privateKey,
  })),
  withToken("an attacker's key set (jku)", ({ lureUrl }) => ({
    header: { jku: lureUrl, kid: 'mine' },
    key: own.privateKey,
  })),
  withToken("an attacker's certificate (x5u)", ({ lureUrl }) => ({ header: { x5u: lureUrl }, key: own.privateKey })),
  withToken('an extension that has to be understood (crit)', {
    header: { crit: ['urn:example:unknown'], 'urn:example:unknown': true },
  }),
  withToken('RS256 turned into HS256, signed with the public key', ({ api }) => ({
    header: { alg: 'HS256', kid: RSA_KEY_ID },
    key: Buffer.from(api.issuer.rsaPublicPem),
  })),
  withToken('an algorithm that is not on the list, by a key that is', { header: { alg: 'PS256', kid: RSA_KEY_ID } }),
  withChangedToken('alg none', ([, payload]) => `${encoded({ alg: 'none' })}.${payload}.`),
  withChangedToken(
    'alg none with a signature',
    ([, payload, signature]) => `${encoded({ alg: 'nOnE', kid: 'key-1' })}.${payload}.${signature}`,
  ),
  withChangedToken(
    'a tampered payload',
    ([header, payload, signature]) =>
      `${header}.${encoded({ ...decoded(payload), properties: ['P1001', 'P2002'] })}.${signature}`,
  ),
  withChangedToken(
    'a tampered signature',
    ([header, payload, signature]) =>
      `${header}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`,
  ),
  withChangedToken('no signature', ([header, payload]) => `${header}.${payload}.`),
  withChangedToken(
    'half a signature',
    ([header, payload, signature]) => `${header}.${payload}.${signature.slice(0, 40)}`,
  ),
  withToken('a word for the list of properties', { claims: { properties: '*' } }),
  withToken('a star for all properties', { claims: { properties: ['*'] } }),
  withToken('two properties in one', { claims: { properties: ['P2002 P1001'] } }),
  withToken('no properties', { claims: { properties: undefined } }),
];
