/** How much of something is allowed: on average, and at once after a pause. */
export interface Allowance {
  readonly perSecond: number;
  readonly burst: number;
}

interface Bucket {
  readonly tokens: number;
  readonly at: number;
}

/** Allowances by key, as services that limit rates keep them: a bucket that fills up again at a steady rate. */
export class TokenBuckets {
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();

  /** @param now epoch milliseconds */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Takes one; gives after how many milliseconds there is another where there is none. */
  take(key: string, { perSecond, burst }: Allowance): number | undefined {
    const now = this.#now();
    const { tokens: left, at } = this.#buckets.get(key) ?? { tokens: burst, at: now };
    const tokens = Math.min(burst, left + ((now - at) / 1000) * perSecond);
    const isAllowed = tokens >= 1;
    this.#buckets.set(key, { tokens: isAllowed ? tokens - 1 : tokens, at: now });
    return isAllowed ? undefined : Math.ceil(((1 - tokens) / perSecond) * 1000);
  }
}
