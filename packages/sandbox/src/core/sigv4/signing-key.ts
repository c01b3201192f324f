import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';

/** A run over a year of the clock, with a dozen services, has fewer. */
const MOST_KEYS = 10_000;

export const sha256Hex = (data: string | Buffer): string => hash('sha256', data, 'hex');

/** A key object, because Node 24 takes four times as long to find out that a buffer is none. */
export const hmac = (key: KeyObject, text: string | Buffer): Buffer => createHmac('sha256', key).update(text).digest();

/** What a key is good for. */
export interface SigningScope {
  /** `20261121` */
  readonly scopeDate: string;
  readonly region: string;
  readonly signingName: string;
}

/** The keys of a secret access key, each derived once: every call of a function asks for one of few. */
export class SigningKeys {
  readonly #secret: string;
  readonly #derived = new Map<string, KeyObject>();

  constructor(secretAccessKey: string) {
    this.#secret = secretAccessKey;
  }

  /** The key of one day, region and service. */
  of({ scopeDate, region, signingName }: SigningScope): KeyObject {
    const name = `${scopeDate}/${region}/${signingName}`;
    const known = this.#derived.get(name);
    if (known) return known;
    const parts = [scopeDate, region, signingName, 'aws4_request'];
    const first = createSecretKey(`AWS4${this.#secret}`, 'utf8');
    const key = parts.reduce((last, part) => createSecretKey(hmac(last, part)), first);
    // What is asked for is unverified: a caller that invents scopes must not fill the memory.
    if (this.#derived.size < MOST_KEYS) this.#derived.set(name, key);
    return key;
  }
}
