import { expect, test } from '@jest/globals';
import { signAnswer, verifyAnswer } from './answer-token.ts';

const key = Buffer.alloc(32, 7);
const NOW = Date.UTC(2026, 0, 15, 12);
const claims = { alertId: '1-abc', by: 'anna', realm: 'dev/us-east-1/123456789012', expiresAt: NOW + 1 };
const context = { key, realm: claims.realm, now: NOW, answerers: new Set(['anna', 'ops']) };

test('a link of this deployment is valid until it expires', () => {
  const token = signAnswer(claims, key);

  expect(verifyAnswer(token, context)).toEqual({ kind: 'valid', claims });
  expect(verifyAnswer(token, { ...context, now: NOW + 1 })).toEqual({ kind: 'refused', reason: 'expired', claims });
});

test('a link of another stage, region or account is refused', () => {
  const token = signAnswer(claims, key);
  for (const realm of ['prod/us-east-1/123456789012', 'dev/eu-west-1/123456789012', 'dev/us-east-1/999999999999'])
    expect(verifyAnswer(token, { ...context, realm })).toMatchObject({ kind: 'refused', reason: 'foreign' });
});

test('a link of somebody who has left the policy is refused', () => {
  const token = signAnswer({ ...claims, by: 'mallory' }, key);

  expect(verifyAnswer(token, context)).toMatchObject({ kind: 'refused', reason: 'stranger' });
});
