import { expect, test } from '@jest/globals';
import fc from 'fast-check';
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

test('a link that was signed with another key is forged', () => {
  expect(verifyAnswer(signAnswer(claims, Buffer.alloc(32, 8)), context)).toEqual({ kind: 'refused', reason: 'forged' });
});

test('no change of a link and no text of any kind is let in', () => {
  const token = signAnswer(claims, key);
  const changed = fc
    .tuple(fc.nat(token.length - 1), fc.constantFrom(...'abcXYZ019-_'))
    .map(([at, letter]) => token.slice(0, at) + letter + token.slice(at + 1));
  fc.assert(
    fc.property(
      fc.oneof(
        changed,
        fc.string(),
        fc.string().map((text) => `${text}.${text}`),
      ),
      (text) => {
        const verdict = verifyAnswer(text, context);
        // base64url has spare bits in its last letter: the same bytes, another spelling.
        const isSameBytes = text
          .split('.')
          .every((part, index) =>
            Buffer.from(part, 'base64url').equals(Buffer.from(token.split('.')[index] ?? '', 'base64url')),
          );
        if (!isSameBytes) expect(verdict.kind).toBe('refused');
      },
    ),
    { numRuns: 1_000 },
  );
});
