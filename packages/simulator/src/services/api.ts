import type { LambdaFunction } from '../lambda/lambda-function.ts';
import type { Meter } from '../measure/meter.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Tick } from '../tick.ts';
import type { SyncClient } from './sync-client.ts';

/**
 * API Gateway in front of a function: a token bucket of `rateLimit` a second and `burst` tokens
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html), then the function, whose answer it waits
 * for up to the integration timeout. Every request that passes the bucket is billed.
 */
export class Api {
  readonly name: string;
  readonly client: SyncClient;
  rateLimit: number;
  burst: number;
  readonly #kind: 'http' | 'rest';
  readonly #target: LambdaFunction;
  readonly #meter: Meter;
  #tokens: number;
  throttledHere = 0;
  requestsInTick = 0;

  constructor(
    name: string,
    spec: Scenario['apis'][string],
    parts: { client: SyncClient; target: LambdaFunction; meter: Meter },
  ) {
    this.name = name;
    this.client = parts.client;
    this.rateLimit = spec.rateLimit;
    this.burst = spec.burst;
    this.#kind = spec.kind;
    this.#target = parts.target;
    this.#meter = parts.meter;
    this.#tokens = spec.burst;
  }

  receive(tick: Tick, count: number, timesMs?: readonly number[]): void {
    this.client.requests += count;
    this.requestsInTick += count;
    const passing = Math.min(count, Math.floor(this.#tokens + (this.rateLimit * tick.lengthMs) / 1000));
    this.#tokens -= passing;
    this.throttledHere += count - passing;
    if (count > passing) this.client.throttled(tick, count - passing);
    this.#meter.add(this.name, this.#kind === 'http' ? 'httpApiRequests' : 'restApiRequests', passing);
    this.#target.demand({ caller: this.client, count: passing, ...(timesMs ? { timesMs } : {}) });
  }

  endTick(tick: Tick): void {
    this.client.endTick(tick);
    this.#tokens = Math.min(this.burst, this.#tokens + (this.rateLimit * tick.lengthMs) / 1000);
    this.requestsInTick = 0;
  }
}
