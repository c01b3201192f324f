import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createLocalJWKSet, exportJWK, generateKeyPair, type JWTVerifyGetKey } from 'jose';
import { jwksKeys } from '../../src/adapters/jwks-keys.ts';
import { partnerArn } from '../../src/domain/auth/partner-arn.ts';
import { readBearer } from '../../src/domain/auth/read-bearer.ts';
import { verifyToken } from '../../src/domain/auth/verify-token.ts';
import { type ApiIssuer, AUDIENCE, startApiIssuer, type TokenWish } from './api-issuer.ts';

const NOW_MS = Date.UTC(2027, 0, 1);
let issuer: ApiIssuer;
let keys: JWTVerifyGetKey;
beforeAll(async () => {
  issuer = await startApiIssuer(() => NOW_MS);
  keys = jwksKeys(issuer.jwksUrl);
});
afterAll(() => issuer.stop());

const verify = async (wish: TokenWish = {}, nowMs = NOW_MS) => {
  const rules = { issuer: issuer.issuer, audience: AUDIENCE, propertiesClaim: 'properties' };
  return verifyToken(await issuer.sign(wish), { rules, keys, nowMs });
};

describe('a token', () => {
  test('grants what it says, of scopes that are ours', async () => {
    expect(await verify({ claims: { scope: 'openid itinerary:read', properties: ['P1', 'P2'] } })).toEqual({
      kind: 'granted',
      grant: {
        subject: 'alice',
        scopes: ['itinerary:read'],
        properties: ['P1', 'P2'],
        expiresAt: NOW_MS / 1_000 + 600,
      },
    });
  });

  test('of either algorithm is taken', async () => {
    expect(await verify({ header: { alg: 'RS256', kid: 'key-2' } })).toMatchObject({ kind: 'granted' });
  });

  test.each([
    ['ERR_JWT_EXPIRED', {}, NOW_MS + 700_000],
    ['ERR_JWT_CLAIM_VALIDATION_FAILED', {}, NOW_MS - 60_000],
    ['ERR_JWKS_NO_MATCHING_KEY', { header: { kid: undefined } }, NOW_MS],
    ['ERR_JOSE_ALG_NOT_ALLOWED', { header: { alg: 'PS256', kid: 'key-2' } }, NOW_MS],
    ['CLAIMS_INVALID', { claims: { properties: ['P 1'] } }, NOW_MS],
    ['LIVES_TOO_LONG', { claims: { exp: NOW_MS / 1_000 + 86_401 } }, NOW_MS],
  ] as const)('is refused with %s, and no word of its own', async (reason, wish, nowMs) => {
    expect(await verify(wish, nowMs)).toEqual({ kind: 'refused', reason });
  });
});

describe("the issuer's keys", () => {
  test('are fetched once for many tokens, and once more for unknown ids however many', async () => {
    const { privateKey } = await generateKeyPair('ES256');
    const fresh = await startApiIssuer(() => NOW_MS);
    const own = jwksKeys(fresh.jwksUrl);
    const rules = { issuer: fresh.issuer, audience: AUDIENCE, propertiesClaim: 'properties' };
    for (let index = 0; index < 5; index += 1)
      await verifyToken(await fresh.sign(), { rules, keys: own, nowMs: NOW_MS });
    const afterGood = fresh.asked.length;
    for (let index = 0; index < 5; index += 1) {
      const token = await fresh.sign({ header: { kid: `forged-${index}` }, key: privateKey as never });
      expect(await verifyToken(token, { rules, keys: own, nowMs: NOW_MS })).toMatchObject({ kind: 'refused' });
    }
    await fresh.stop();

    expect(afterGood).toBe(1);
    expect(fresh.asked.length).toBeLessThanOrEqual(2);
  });

  test('that cannot be read are no verdict on a token', async () => {
    const gone = await startApiIssuer(() => NOW_MS);
    const token = await gone.sign();
    await gone.stop();
    const rules = { issuer: gone.issuer, audience: AUDIENCE, propertiesClaim: 'properties' };

    expect(await verifyToken(token, { rules, keys: jwksKeys(gone.jwksUrl), nowMs: NOW_MS })).toMatchObject({
      kind: 'keys-unavailable',
    });
  });

  test('are asked for with TLS alone, but on this machine', () => {
    expect(() => jwksKeys('http://login.example.com/jwks')).toThrow(RangeError);
  });

  test('of another kind than the token says do not verify it', async () => {
    const { publicKey } = await generateKeyPair('RS256');
    const set = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), kid: 'key-1' }] });
    const rules = { issuer: issuer.issuer, audience: AUDIENCE, propertiesClaim: 'properties' };

    expect(await verifyToken(await issuer.sign(), { rules, keys: set, nowMs: NOW_MS })).toMatchObject({
      kind: 'refused',
    });
  });
});

test.each([
  ['Bearer a.b.c', 'a.b.c'],
  ['bearer a.b.c', undefined],
  ['Bearer  a.b.c', undefined],
  ['Bearer a.b.', undefined],
  ['Bearer a.b.c, Bearer d.e.f', undefined],
  [`Bearer ${'a'.repeat(7_000)}.b.c`, undefined],
  [undefined, undefined],
])('the header %j has the token %j', (header, token) => {
  expect(readBearer(header)).toBe(token);
});

test.each([
  ['arn:aws:sts::123456789012:assumed-role/partner/any-session', 'arn:aws:iam::123456789012:role/partner'],
  ['arn:aws:iam::123456789012:user/teams/acme', 'arn:aws:iam::123456789012:user/teams/acme'],
  ['arn:aws:iam::123456789012:root', undefined],
  ['arn:aws:sts::123456789012:assumed-role/partner', undefined],
  ['partner', undefined],
])('the identity %s is known as %s', (userArn, known) => {
  expect(partnerArn(userArn)).toBe(known);
});
