import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { PLANTED } from './planted-guest.ts';
import { placesOf } from './stored-everywhere.ts';

const SECRETS = Object.values(PLANTED).filter((secret) => secret !== PLANTED.expires);
/** A megabyte of random hexadecimal digits holds ten given ones by chance once in a million times; five more often than not. */
const FEWEST_HEXADECIMAL_DIGITS = 10;

const found = (secret: string, text: string): boolean => placesOf(secret, [{ place: 'here', text }]).length === 1;

test.each(SECRETS)('%s is found wherever it stands in a text', (secret) => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (before, after) => {
      expect(found(secret, `${before}${secret}${after}`)).toBe(true);
      expect(found(secret, JSON.stringify({ a: `${before}${secret}${after}` }))).toBe(true);
      expect(found(secret, JSON.stringify(`${before}${secret}${after}`.toUpperCase()))).toBe(true);
      expect(found(secret, `{"a":"${Buffer.from(`${before}${secret}${after}`).toString('base64')}"}`)).toBe(true);
      expect(found(secret, `a.${Buffer.from(`${before}${secret}${after}`).toString('base64url')}`)).toBe(true);
    }),
  );
});

test.each(SECRETS)('%s is found next to letters and digits', (secret) => {
  for (const text of [`code${secret}`, `cvv=${secret}&a`, `%3D${secret}`, `0${secret}1`, `f${secret}.`])
    expect(found(secret, text)).toBe(true);
});

test.each(SECRETS)('%s is not found where only a part of it stands', (secret) => {
  for (const part of [secret.slice(1), secret.slice(0, -1)]) expect(found(secret, `a ${part} b`)).toBe(false);
});

test.each(SECRETS)('%s does not stand in a random id by chance', (secret) => {
  expect(/^[0-9a-f]+$/i.test(secret) ? secret.length : Infinity).toBeGreaterThanOrEqual(FEWEST_HEXADECIMAL_DIGITS);
});
