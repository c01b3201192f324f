import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as z from 'zod';
import { readToken, signToken } from './signed-token.ts';

const key = Buffer.alloc(32, 7);
const schema = z.object({ alertId: z.string() });
const claims = { alertId: '1-abc' };
const reading = { purpose: 'answer', key, schema };

test('a token gives the claims that were signed', () => {
  expect(readToken(signToken('answer', claims, key), reading)).toEqual({ kind: 'read', claims });
});

test('a token of another key or another purpose is forged', () => {
  const forged = { kind: 'refused', reason: 'forged' };
  expect(readToken(signToken('answer', claims, Buffer.alloc(32, 8)), reading)).toEqual(forged);
  expect(readToken(signToken('approval', claims, key), reading)).toEqual(forged);
});

test('claims of another form are malformed, though they were signed', () => {
  const token = signToken('answer', { alertId: 1 }, key);

  expect(readToken(token, reading)).toEqual({ kind: 'refused', reason: 'malformed' });
});

test('no change of a token and no text of any kind is let in', () => {
  const token = signToken('answer', claims, key);
  const changed = fc
    .tuple(fc.nat(token.length - 1), fc.constantFrom(...'abcXYZ019-_'))
    .map(([at, letter]) => token.slice(0, at) + letter + token.slice(at + 1));
  const texts = fc.oneof(
    changed,
    fc.string(),
    fc.string().map((text) => `${text}.${text}`),
  );
  fc.assert(
    fc.property(texts, (text) => {
      if (!isSameBytes(text, token)) expect(readToken(text, reading).kind).toBe('refused');
    }),
    { numRuns: 1_000 },
  );
});

/** base64url has spare bits in its last letter: the same bytes, another spelling. */
function isSameBytes(text: string, token: string): boolean {
  const bytesOf = (part: string | undefined) => Buffer.from(part ?? '', 'base64url');
  const parts = token.split('.');
  return text.split('.').every((part, index) => bytesOf(part).equals(bytesOf(parts[index])));
}
