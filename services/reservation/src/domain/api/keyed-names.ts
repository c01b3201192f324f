import { createHmac } from 'node:crypto';

/** A name for something that must not be readable or guessable from it: HMAC-SHA256, base64url. */
export const keyedName = (key: Uint8Array, ...parts: readonly string[]): string =>
  createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url');

/** Crockford's base 32: no letter is taken for a digit over the phone. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CONFIRMATION_LETTERS = 11;

/** The confirmation number that a booking gets: from the name of its change, so that a repeated request books under the same one. */
export function confirmationOf(changeId: string): string {
  const bytes = Buffer.from(changeId, 'base64url').subarray(0, CONFIRMATION_LETTERS);
  return `L${[...bytes].map((byte) => ALPHABET[byte % ALPHABET.length]).join('')}`;
}
