import { generateKeyPairSync } from 'node:crypto';
import { exportJWK } from 'jose';
import { RSA_KEY_ID, type TokenWish } from './api-issuer.ts';
import type { RawRequest } from './api-requests.ts';
import { bookingBody, type DeployedApi } from './deployed-api.ts';

/** What attackers find when they come. */
export interface Prey {
  readonly api: DeployedApi;
  /** An itinerary of property P1001, and its entity tag. */
  readonly confirmation: string;
  readonly entityTag: string;
  /** A cursor of Alice's arrivals at P1001. */
  readonly cursor: string;
  /** A server of the attacker's that counts who comes. */
  readonly lureUrl: string;
}

export interface Attack {
  readonly name: string;
  readonly request: (prey: Prey) => Promise<RawRequest> | RawRequest;
  /** Any of these is a refusal. */
  readonly refusedWith: readonly number[];
}

const UNKNOWN = [401, 403] as const;
const itinerary = ({ confirmation }: Prey): string => `/mobile/v1/itineraries/${confirmation}`;
const partnerItinerary = ({ confirmation }: Prey): string => `/partner/v1/itineraries/${confirmation}`;

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

const TOKENS: readonly Attack[] = [
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

const BOB = { claims: { sub: 'bob', properties: ['P2002'] } };
let keys = 0;
const newKey = () => {
  keys += 1;
  return { 'idempotency-key': `attack-key-${keys}` };
};

/** Somebody with a good token, where they have no business. */
const withGoodToken = (
  name: string,
  refusedWith: readonly number[],
  {
    wish = {},
    request,
  }: {
    readonly wish?: TokenWish;
    readonly request: (prey: Prey) => Omit<RawRequest, 'body'> & { readonly body?: unknown };
  },
): Attack => ({
  name,
  refusedWith,
  request: async (prey) => {
    const { headers = {}, body, ...rest } = request(prey);
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    return {
      ...rest,
      headers: {
        ...(await prey.api.bearer(wish)),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(text !== undefined && { body: text as string }),
    };
  },
});

const modification = (prey: Prey, headers: Record<string, string>) => ({
  method: 'PATCH',
  path: itinerary(prey),
  body: { specialRequests: ['mine now'] },
  headers: { ...newKey(), ...headers },
});
const creation = (body: unknown, headers: Record<string, string> = {}) => ({
  method: 'POST',
  path: '/mobile/v1/itineraries',
  body,
  headers: { ...newKey(), ...headers },
});
const arrivals = (query: string, property = 'P1001') => ({
  path: `/mobile/v1/properties/${property}/itineraries?arrival=2027-08-03${query}`,
});

const BUSINESS: readonly Attack[] = [
  withGoodToken("another property's itinerary", [404], { wish: BOB, request: (prey) => ({ path: itinerary(prey) }) }),
  withGoodToken("another property's arrivals", [403], { wish: BOB, request: () => arrivals('') }),
  withGoodToken("changing another property's itinerary, entity tag and all", [404], {
    wish: BOB,
    request: (prey) => modification(prey, { 'if-match': prey.entityTag }),
  }),
  withGoodToken("cancelling another property's itinerary", [404], {
    wish: BOB,
    request: (prey) => ({
      method: 'POST',
      path: `${itinerary(prey)}/cancellation`,
      headers: { ...newKey(), 'if-match': prey.entityTag },
    }),
  }),
  withGoodToken('booking at another property', [403], { wish: BOB, request: () => creation(bookingBody()) }),
  withGoodToken('writing with a scope to read', [403], {
    wish: { claims: { scope: 'itinerary:read' } },
    request: () => creation(bookingBody()),
  }),
  withGoodToken('searching with a scope to read', [403], {
    wish: { claims: { scope: 'itinerary:read' } },
    request: () => arrivals(''),
  }),
  withGoodToken('a scope with a star', [403], {
    wish: { claims: { scope: 'itinerary:* *' } },
    request: (prey) => ({ path: itinerary(prey) }),
  }),
  withGoodToken('scopes as a list of one string', [401, 403], {
    wish: { claims: { scope: ['itinerary:read'] } },
    request: (prey) => ({ path: itinerary(prey) }),
  }),
  withGoodToken('a cursor of another caller', [400], {
    wish: { claims: { sub: 'carol' } },
    request: ({ cursor }) => arrivals(`&limit=1&cursor=${cursor}`),
  }),
  withGoodToken('a cursor of another list', [400], {
    request: ({ cursor }) => ({ path: `/mobile/v1/properties/P1001/itineraries?arrival=2027-08-04&cursor=${cursor}` }),
  }),
  withGoodToken('a tampered cursor', [400], {
    request: ({ cursor }) => arrivals(`&cursor=${cursor.slice(0, -4)}AAAA`),
  }),
  withGoodToken('a position in plain for a cursor', [400], {
    request: () => arrivals(`&cursor=${Buffer.from('2027-08-03#L00000000000').toString('base64url')}`),
  }),
  withGoodToken('changing whatever version there is (If-Match: *)', [412], {
    request: (prey) => modification(prey, { 'if-match': '*' }),
  }),
  withGoodToken('a weak entity tag', [412], {
    request: (prey) => modification(prey, { 'if-match': `W/${prey.entityTag}` }),
  }),
  withGoodToken('no entity tag', [428], { request: (prey) => modification(prey, {}) }),
  withGoodToken('thousands of entity tags', [412, 431], {
    request: (prey) => modification(prey, { 'if-match': `${'"a",'.repeat(1_000)}${prey.entityTag}` }),
  }),
  withGoodToken('no Idempotency-Key', [400], {
    request: (prey) => ({
      ...modification(prey, { 'if-match': prey.entityTag }),
      headers: { 'if-match': prey.entityTag },
    }),
  }),
  withGoodToken('two Idempotency-Keys', [400], {
    request: (prey) => modification(prey, { 'if-match': prey.entityTag, 'idempotency-key': 'one-key-1, one-key-2' }),
  }),
];

/** A path that is to lead somewhere else. */
const withPath = (name: string, path: (prey: Prey) => string): Attack =>
  withGoodToken(name, [400, 403, 404, 431], { wish: BOB, request: (prey) => ({ path: path(prey) }) });

const PATHS: readonly Attack[] = [
  withPath('dots in the path', ({ confirmation }) => `/mobile/v1/properties/P2002/../../itineraries/${confirmation}`),
  withPath('encoded dots', ({ confirmation }) => `/mobile/v1/itineraries/%2e%2e/itineraries/${confirmation}`),
  withPath('an encoded slash', ({ confirmation }) => `/mobile/v1/itineraries/x%2f..%2f${confirmation}`),
  withPath(
    'a slash that is encoded twice',
    ({ confirmation }) => `/mobile/v1/itineraries/x%252f..%252f${confirmation}`,
  ),
  withPath('a null byte', ({ confirmation }) => `/mobile/v1/itineraries/${confirmation}%00`),
  withPath('a semicolon', ({ confirmation }) => `/mobile/v1/itineraries/${confirmation};admin=true`),
  withPath('two slashes', ({ confirmation }) => `//mobile/v1/itineraries/${confirmation}`),
  withPath('capitals in the path', ({ confirmation }) => `/MOBILE/V1/itineraries/${confirmation}`),
  withPath("the stage's name in the path", ({ confirmation }) => `/$default/mobile/v1/itineraries/${confirmation}`),
  withPath('an overlong encoding', ({ confirmation }) => `/mobile/v1/itineraries/%c0%ae%c0%ae%c0%af${confirmation}`),
  withPath('an over-long path', () => `/mobile/v1/itineraries/${'a'.repeat(9_900)}`),
  withPath(
    'a key of the table for a confirmation',
    ({ confirmation }) => `/mobile/v1/itineraries/RES%23${confirmation}`,
  ),
  withPath("the partners' path with a token", (prey) => partnerItinerary(prey)),
  withPath(
    'a header that names another path',
    ({ confirmation }) => `/mobile/v1/itineraries/nothing?path=/mobile/v1/itineraries/${confirmation}`,
  ),
];

const DEEP = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;

const BODIES: readonly Attack[] = [
  withGoodToken('a body of 100 KB', [413], {
    request: () => creation(bookingBody({ specialRequests: ['x'.repeat(100_000)] })),
  }),
  withGoodToken('a body of 11 MB', [413], { request: () => creation('x'.repeat(11_000_000)) }),
  withGoodToken('a deeply nested body', [400], { request: () => creation(DEEP) }),
  withGoodToken('a body that is no JSON', [400], { request: () => creation('{"property":') }),
  withGoodToken('a body of another type', [415], {
    request: () => creation(bookingBody(), { 'content-type': 'application/xml' }),
  }),
  withGoodToken('a prototype in the body', [400], {
    request: () => creation(JSON.stringify(bookingBody()).replace('{', '{"__proto__":{"isAdmin":true},')),
  }),
  withGoodToken('members that are not for callers', [400], {
    request: () => creation(bookingBody({ confirmation: 'MINE0000001', state: 'booked' })),
  }),
  withGoodToken('control characters in a name', [400], {
    request: () => creation(bookingBody({ guests: [{ surname: 'x\u001b[31m\nERROR forged' }] })),
  }),
  withGoodToken('a card number with a wrong check digit', [400], {
    request: () =>
      creation(
        bookingBody({
          payment: { card: { number: '4242424242424241', expires: '1228' }, amount: '1.00', currency: 'USD' },
        }),
      ),
  }),
  withGoodToken('a negative amount', [400], {
    request: () =>
      creation(
        bookingBody({
          payment: { card: { number: '4242424242424242', expires: '1228' }, amount: '-1.00', currency: 'USD' },
        }),
      ),
  }),
  withGoodToken('parameters that no operation has', [400], {
    request: (prey) => ({ path: `${itinerary(prey)}?properties=P1001` }),
  }),
  withGoodToken('a limit of a million', [400], { request: () => arrivals('&limit=1000000') }),
];

/** A signed request, and what is done to it. */
const withSignature = (
  name: string,
  refusedWith: readonly number[],
  request: (prey: Prey) => Promise<RawRequest>,
): Attack => ({ name, refusedWith, request });

const MINUTES_MS = 60_000;

const SIGNATURES: readonly Attack[] = [
  withSignature('an unsigned request', UNKNOWN, async (prey) => ({ path: partnerItinerary(prey) })),
  withSignature('a token in place of a signature', UNKNOWN, async (prey) => ({
    path: partnerItinerary(prey),
    headers: await prey.api.bearer(),
  })),
  withSignature('a signature of yesterday', UNKNOWN, (prey) =>
    prey.api.sign({ path: partnerItinerary(prey) }, { date: new Date(prey.api.clock.now() - 1_440 * MINUTES_MS) }),
  ),
  withSignature('a signature of tomorrow', UNKNOWN, (prey) =>
    prey.api.sign({ path: partnerItinerary(prey) }, { date: new Date(prey.api.clock.now() + 1_440 * MINUTES_MS) }),
  ),
  withSignature('a signature for another region', UNKNOWN, (prey) =>
    prey.api.sign({ path: partnerItinerary(prey) }, { region: 'eu-west-1' }),
  ),
  withSignature('a signature for another service', UNKNOWN, (prey) =>
    prey.api.sign({ path: partnerItinerary(prey) }, { service: 's3' }),
  ),
  withSignature('a wrong secret', UNKNOWN, (prey) =>
    prey.api.sign(
      { path: partnerItinerary(prey) },
      { credentials: { ...prey.api.credentialsOf('partner'), secretAccessKey: 'guess' } },
    ),
  ),
  withSignature('credentials without their session', UNKNOWN, (prey) => {
    const { accessKeyId, secretAccessKey } = prey.api.credentialsOf('partner');
    return prey.api.sign({ path: partnerItinerary(prey) }, { credentials: { accessKeyId, secretAccessKey } });
  }),
  withSignature('a body that was changed after it was signed', UNKNOWN, async ({ api }) => {
    const request = {
      method: 'POST',
      path: '/partner/v1/itineraries',
      headers: { 'content-type': 'application/json', ...newKey() },
    };
    const signed = await api.sign({ ...request, body: JSON.stringify(bookingBody()) });
    return { ...signed, body: JSON.stringify(bookingBody({ departure: '2027-08-06' })) };
  }),
  withSignature('a body that is not signed', UNKNOWN, async ({ api }) => {
    const headers = { 'content-type': 'application/json', 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD', ...newKey() };
    return api.sign({ method: 'POST', path: '/partner/v1/itineraries', headers, body: JSON.stringify(bookingBody()) });
  }),
  withSignature('a signature of another path', UNKNOWN, async (prey) => {
    const signed = await prey.api.sign({ path: '/partner/v1/itineraries/NOTHING' });
    return { ...signed, path: partnerItinerary(prey) };
  }),
  withSignature('a signature of another method', UNKNOWN, async (prey) => {
    const signed = await prey.api.sign({ path: partnerItinerary(prey) });
    return { ...signed, method: 'PATCH' };
  }),
  withSignature('a role that may not call the API', UNKNOWN, (prey) =>
    prey.api.sign({ path: partnerItinerary(prey) }, { credentials: prey.api.credentialsOf('powerless') }),
  ),
  withSignature('a role of the account that is no partner', [403], (prey) =>
    prey.api.sign({ path: partnerItinerary(prey) }, { credentials: prey.api.credentialsOf('stranger') }),
  ),
  withSignature("the account's administrator, who is no partner", [403], (prey) =>
    prey.api.sign({ path: partnerItinerary(prey) }, { credentials: prey.api.sandbox.credentials }),
  ),
  withSignature("a partner at another's property", [403], (prey) =>
    prey.api.sign({ path: '/partner/v1/properties/P2002/itineraries?arrival=2027-08-03' }),
  ),
  withSignature('a cursor of a mobile caller', [400], (prey) =>
    prey.api.sign({ path: `/partner/v1/properties/P1001/itineraries?arrival=2027-08-03&cursor=${prey.cursor}` }),
  ),
];

/** Everything that is tried, each of which has to be refused. */
export const ATTACKS: readonly Attack[] = [...TOKENS, ...BUSINESS, ...PATHS, ...BODIES, ...SIGNATURES];
