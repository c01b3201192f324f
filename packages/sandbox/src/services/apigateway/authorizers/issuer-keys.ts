import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import type { Clock } from '../../../core/time/clock.ts';

/** API Gateway can keep an issuer's keys for two hours. Source: API Gateway Developer Guide, "Control access to HTTP APIs with JWT authorizers". */
const KEPT_MS = 2 * 3_600_000;
/** API Gateway waits for 1,500 ms (quotas of HTTP APIs); an issuer on a machine whose cores are shared may need longer. */
const FETCH_WITHIN_MS = 30_000;

interface KnownKeys {
  readonly keys: ReadonlyMap<string, KeyObject>;
  readonly fetchedAt: number;
}

/** RSA keys of issuers, found through each issuer's `/.well-known/openid-configuration`. */
export class IssuerKeys {
  readonly #clock: Clock;
  readonly #known = new Map<string, KnownKeys>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The key of that id; an id that is not known has the keys fetched anew. Throws where the issuer cannot be asked. */
  async key(issuer: string, keyId: string): Promise<KeyObject | undefined> {
    const known = this.#known.get(issuer);
    const isFresh = known !== undefined && this.#clock.now() - known.fetchedAt < KEPT_MS;
    if (isFresh && known.keys.has(keyId)) return known.keys.get(keyId);
    const keys = await fetchKeys(issuer);
    this.#known.set(issuer, { keys, fetchedAt: this.#clock.now() });
    return keys.get(keyId);
  }
}

async function fetchKeys(issuer: string): Promise<ReadonlyMap<string, KeyObject>> {
  const discovery = await fetchJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  const { keys } = (await fetchJson(String(discovery.jwks_uri))) as {
    keys?: readonly (JsonWebKey & { kid?: string })[];
  };
  const usable = (keys ?? []).filter(({ kty, kid }) => kty === 'RSA' && kid !== undefined);
  return new Map(usable.map((jwk) => [String(jwk.kid), createPublicKey({ key: jwk, format: 'jwk' })]));
}

async function fetchJson(url: string): Promise<Record<string, unknown>> {
  const response = await fetch(url, { signal: AbortSignal.timeout(FETCH_WITHIN_MS) });
  if (!response.ok) throw new Error(`The issuer answered ${response.status} for ${url}.`);
  return (await response.json()) as Record<string, unknown>;
}
