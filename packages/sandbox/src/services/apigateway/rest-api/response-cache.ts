import type { Clock } from '../../../core/time/clock.ts';
import type { Exchange } from '../gateway/exchange.ts';
import type { GatewayAnswer } from '../gateway/gateway-answer.ts';
import { settingsFor } from '../http-api/stage-settings.ts';

const DEFAULT_TTL_SECONDS = 300;
const MOST_ENTRIES = 10_000;

/** A stage's cache of GET answers, where its cluster is on and the method's caching is. */
export class ResponseCache {
  readonly #clock: Clock;
  readonly #entries = new Map<string, { readonly answer: GatewayAnswer; readonly expiresAt: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The cached answer, or what `ask` answers, kept where it is a success. */
  async through(exchange: Exchange, ask: () => Promise<GatewayAnswer>): Promise<GatewayAnswer> {
    const settings = settingsFor(exchange.stage, exchange.route);
    const isCached = exchange.stage.rest?.isCacheClusterEnabled && settings.cachingEnabled && exchange.method === 'GET';
    if (!isCached) return ask();
    const key = keyOf(exchange);
    const known = this.#entries.get(key);
    exchange.notes.isCacheHit = known !== undefined && known.expiresAt > this.#clock.now();
    if (known && exchange.notes.isCacheHit) return known.answer;
    const answer = await ask();
    if (answer.status >= 300) return answer;
    const ttlSeconds = settings.cacheTtlSeconds ?? DEFAULT_TTL_SECONDS;
    this.#entries.delete(key);
    this.#entries.set(key, { answer, expiresAt: this.#clock.now() + ttlSeconds * 1000 });
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > MOST_ENTRIES && oldest !== undefined) this.#entries.delete(oldest);
    return answer;
  }
}

/** The path, and the values of what the method names. */
function keyOf({ api, stage, path, query, headers, route }: Exchange): string {
  const values = (route?.rest?.cacheKeyParameters ?? []).map((parameter) => {
    const [, , place, ...name] = parameter.split('.');
    if (place === 'querystring') return query.get(name.join('.'));
    return place === 'header' ? headers[name.join('.').toLowerCase()] : undefined;
  });
  return JSON.stringify([api.apiId, stage.stageName, path, values]);
}
