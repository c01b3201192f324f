import type { Clock } from '../../../core/time/clock.ts';
import { settingsFor } from '../http-api/stage-settings.ts';
import type { Exchange } from './exchange.ts';

/** The account's own limits in one region, over all its APIs. Source: API Gateway Developer Guide, "Account-level throttling". */
const ACCOUNT_REQUESTS_PER_SECOND = 10_000;
const ACCOUNT_BURST = 5_000;

interface Bucket {
  tokens: number;
  filledAt: number;
}

/** Token buckets: one of the account, and one for each route of a stage. They fill by the sandbox's clock. */
export class Throttle {
  readonly #clock: Clock;
  readonly #buckets = new Map<string, Bucket>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether a request may pass; it then has taken its token. */
  admits({ api, stage, route }: Exchange): boolean {
    const routeKey = route?.routeKey ?? '';
    const { throttlingRateLimit: rate, throttlingBurstLimit: burst } = settingsFor(stage, route);
    const limits = { rate: own(rate) ?? ACCOUNT_REQUESTS_PER_SECOND, burst: own(burst) ?? ACCOUNT_BURST };
    return (
      this.take(`${api.apiId}/${stage.stageName}/${routeKey}`, limits) &&
      this.take('account', { rate: ACCOUNT_REQUESTS_PER_SECOND, burst: ACCOUNT_BURST })
    );
  }

  /** Takes a token of the named bucket, where it has one. */
  take(name: string, { rate, burst }: { readonly rate: number; readonly burst: number }): boolean {
    const now = this.#clock.now();
    const bucket = this.#buckets.get(name) ?? { tokens: burst, filledAt: now };
    bucket.tokens = Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.filledAt) / 1000) * rate);
    bucket.filledAt = now;
    this.#buckets.set(name, bucket);
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }
}

/** -1 stands for no limit of its own. */
const own = (limit: number | undefined): number | undefined => (limit === -1 ? undefined : limit);
