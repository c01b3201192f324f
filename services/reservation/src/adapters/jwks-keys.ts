import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { KeysUnreachable } from '../domain/auth/verify-token.ts';

/** Keys that an issuer withdrew are believed for no longer. */
const FRESH_MS = 600_000;
/** A token with an unknown `kid` makes the set be fetched once more, and then not again for this long: forged ids cannot drive traffic to the issuer. */
const COOLDOWN_MS = 30_000;
const TIMEOUT_MS = 3_000;

/**
 * The issuer's public keys by `kid`, from its JWKS document, kept and fetched anew within bounds. Calls of one environment share a fetch.
 * The function throws jose's errors for keys that the set has not, and {@link KeysUnreachable}.
 *
 * @throws RangeError for an address that is neither https nor this machine
 */
export function jwksKeys(url: string): JWTVerifyGetKey {
  const address = new URL(url);
  const isLoopback = address.protocol === 'http:' && address.hostname === '127.0.0.1';
  if (address.protocol !== 'https:' && !isLoopback) throw new RangeError('The JWKS address has to be https.');
  const remote = createRemoteJWKSet(address, {
    cacheMaxAge: FRESH_MS,
    cooldownDuration: COOLDOWN_MS,
    timeoutDuration: TIMEOUT_MS,
  });
  return async (header, token) => {
    try {
      return await remote(header, token);
    } catch (error) {
      const isVerdict = error instanceof errors.JOSEError && error.code !== 'ERR_JOSE_GENERIC';
      if (isVerdict) throw error;
      throw new KeysUnreachable('The keys of the issuer cannot be fetched.', { cause: error });
    }
  };
}
