import type { Clock } from '../../../core/time/clock.ts';
import type { Exchange } from '../gateway/exchange.ts';
import { GatewayRefusal, tooManyRequests } from '../gateway/gateway-answer.ts';
import type { Throttle } from '../gateway/throttle.ts';
import type { ApiKey, UsagePlan } from './rest-api.ts';

/** API keys and the plans that say how much each may ask. */
export class UsagePlans {
  readonly keys = new Map<string, ApiKey>();
  readonly plans = new Map<string, UsagePlan>();
  readonly #used = new Map<string, number>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The key of a request for a method that wants one. Throws a refusal: 403 without a key of a plan for the stage, 429 beyond the plan. */
  admit(exchange: Exchange, throttle: Throttle): ApiKey {
    const value = exchange.headers['x-api-key'];
    const key = [...this.keys.values()].find((one) => one.value === value && one.isEnabled);
    const plan = key && this.#planOf(key, exchange);
    if (!key || !plan) throw new GatewayRefusal(403, 'Forbidden', 'INVALID_API_KEY');
    if (plan.throttle && !throttle.take(`plan/${plan.id}/${key.id}`, plan.throttle)) throw tooManyRequests();
    if (plan.quota) this.#count(plan.quota, `${plan.id}/${key.id}`);
    return key;
  }

  #planOf(key: ApiKey, { api, stage }: Exchange): UsagePlan | undefined {
    const serves = (plan: UsagePlan) =>
      plan.apiStages.some((one) => one.apiId === api.apiId && one.stage === stage.stageName);
    return [...this.plans.values()].find((plan) => plan.keyIds.has(key.id) && serves(plan));
  }

  #count({ limit, period }: NonNullable<UsagePlan['quota']>, name: string): void {
    const counter = `${name}/${periodOf(this.#clock.now(), period)}`;
    const used = this.#used.get(counter) ?? 0;
    if (used >= limit) throw new GatewayRefusal(429, 'Limit Exceeded', 'QUOTA_EXCEEDED');
    this.#used.set(counter, used + 1);
  }
}

/** The day, the week (from Sunday) or the month in UTC that counts. */
function periodOf(nowMs: number, period: 'DAY' | 'WEEK' | 'MONTH'): string {
  const now = new Date(nowMs);
  if (period === 'MONTH') return now.toISOString().slice(0, 7);
  const back = period === 'WEEK' ? now.getUTCDay() : 0;
  return new Date(nowMs - back * 86_400_000).toISOString().slice(0, 10);
}
