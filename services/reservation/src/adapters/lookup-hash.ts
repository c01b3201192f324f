import { createHmac } from 'node:crypto';
import type { LookupHash, SubjectKeys } from '../ports.ts';

/** The subject of the one key that identifiers are hashed with. */
const LOOKUP = 'lookup';
const HASH_HEX = 32;

/** HMAC-SHA256 of kind and identifier, cut to 128 bits, with a data key that KMS wraps: without it nobody can try guesses. */
export function keyedLookupHash(keys: SubjectKeys): LookupHash {
  let key: Promise<Uint8Array> | undefined;
  return async (kind, normalised) => {
    key ??= lookupKey(keys);
    key.catch(() => (key = undefined));
    return createHmac('sha256', await key)
      .update(`${kind}\0${normalised}`)
      .digest('hex')
      .slice(0, HASH_HEX);
  };
}

async function lookupKey(keys: SubjectKeys): Promise<Uint8Array> {
  const found = await keys.obtain(LOOKUP);
  if (found.kind === 'erased')
    throw new Error('The key of the lookup hashes was erased: no guest can be found any more.');
  return found.key;
}
