import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bookingBody, type DeployedApi, PLANTED, startApi } from '../deployed-api.ts';
import type { Prey } from './attack.ts';
import { BODY_ATTACKS } from './body-attacks.ts';
import { CALLER_ATTACKS } from './caller-attacks.ts';
import { PATH_ATTACKS } from './path-attacks.ts';
import { SIGNATURE_ATTACKS } from './signature-attacks.ts';
import { TOKEN_ATTACKS } from './token-attacks.ts';

const ATTACKS = [...TOKEN_ATTACKS, ...CALLER_ATTACKS, ...PATH_ATTACKS, ...BODY_ATTACKS, ...SIGNATURE_ATTACKS];

let api: DeployedApi;
let prey: Prey;
let lure: Server;
let lured = 0;
/** Parts of whatever was sent, none of which may be written down. */
const sentSecrets = new Set<string>();

beforeAll(async () => {
  api = await startApi();
  lure = createServer((_, response) => {
    lured += 1;
    response.end('{"keys":[]}');
  });
  await new Promise<void>((resolve) => lure.listen(0, '127.0.0.1', resolve));
  const post = (key: string) =>
    api.mobile({ method: 'POST', path: '/itineraries', body: bookingBody(), headers: { 'idempotency-key': key } });
  const { confirmation, entityTag } = JSON.parse((await post('planted-1')).body);
  await post('planted-2');
  const page = await api.mobile({ path: '/properties/P1001/itineraries?arrival=2027-08-03&limit=1' });
  const { nextCursor: cursor } = JSON.parse(page.body);
  prey = {
    api,
    confirmation,
    entityTag,
    cursor,
    lureUrl: `http://127.0.0.1:${(lure.address() as AddressInfo).port}/keys`,
  };
}, 600_000);
afterAll(async () => {
  lure?.close();
  await api?.stop();
});

/** What an answer may not hold: data of guests, and how the service is made. */
const LEAKS = new RegExp(
  [
    ...Object.values(PLANTED).map((text) => text.replace('+', '\\+')),
    'arn:',
    'reservation-dev',
    '\\n\\s+at ',
    'node:',
    'Exception',
    'SELECT',
    'RES#',
    'kid',
    'jose',
  ].join('|'),
  'i',
);

/** Chance writes it: one in some hundreds holds a short word of `LEAKS`. */
const REQUEST_ID = /(?<=reservation:request:)[A-Za-z0-9_-]+=*/g;

describe('refused, with nothing told', () => {
  test.each(ATTACKS.map((attack) => [attack.name, attack] as const))('%s', async (_, attack) => {
    const request = await attack.request(prey);
    rememberSecrets(request.headers ?? {});

    const answer = await api.ask(request);

    expect(attack.refusedWith).toContain(answer.status);
    expect(answer.body.replaceAll(REQUEST_ID, '')).not.toMatch(LEAKS);
    expect(answer.headers.etag).toBeUndefined();
  });
});

/** The last 20 characters of a credential are its own: a signature's, or a session's. */
function rememberSecrets(headers: Readonly<Record<string, string | string[]>>): void {
  const { authorization = '', cookie = '', 'x-amz-security-token': session = '' } = headers;
  const credentials = [authorization, cookie, session].flat().flatMap((text) => text.split(/[\s,]+/));
  for (const text of credentials) if (text.length > 60) sentSecrets.add(text.slice(-20));
}

describe('afterwards', () => {
  test('the attacks are many and of all kinds', () => {
    expect(ATTACKS.length).toBeGreaterThanOrEqual(100);
    expect(new Set(ATTACKS.map(({ name }) => name)).size).toBe(ATTACKS.length);
  });

  test('the itinerary is as it was', async () => {
    const shown = await api.mobile({ path: `/itineraries/${prey.confirmation}` });

    expect(shown).toMatchObject({ status: 200, headers: { etag: prey.entityTag } });
  });

  test("nobody went to the attacker's address for keys, and unknown key ids did not drive traffic to the issuer", () => {
    expect(lured).toBe(0);
    expect(api.issuer.asked.length).toBeLessThan(10);
  });

  test('a key of one caller is nothing to another', async () => {
    const headers = { 'idempotency-key': 'planted-1' };
    const carol = { claims: { sub: 'carol' } };
    const answer = await api.mobile({ method: 'POST', path: '/itineraries', body: bookingBody(), headers }, carol);

    expect(answer.status).toBe(201);
    expect(JSON.parse(answer.body).confirmation).not.toBe(prey.confirmation);
  });

  test('a grant that API Gateway still has ends with its token', async () => {
    const headers = await api.bearer({ claims: { sub: 'dora', exp: Math.floor(api.clock.now() / 1_000) + 60 } });
    const path = `/mobile/v1/itineraries/${prey.confirmation}`;
    const before = await api.ask({ path, headers });
    await api.clock.advance(61_000);
    const after = await api.ask({ path, headers });

    expect([before.status, after.status]).toEqual([200, 401]);
  });

  test("neither credentials nor guests' data are in any log", async () => {
    const logs = await api.logs();
    const found = [...sentSecrets, ...Object.values(PLANTED)].filter((secret) => logs.includes(secret));

    expect(logs).toContain('a token was refused');
    expect(sentSecrets.size).toBeGreaterThan(50);
    expect(found).toEqual([]);
  });
});
