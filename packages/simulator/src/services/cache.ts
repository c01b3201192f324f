import type { Scenario } from '../scenario/scenario.ts';
import type { Tick } from '../tick.ts';
import type { Dependency } from './dependency.ts';
import { throttledCall } from './dependency.ts';
import type { DependencyParts } from './table.ts';

/**
 * ElastiCache Serverless: billed by GB-hours of data and by ECPU
 * (https://aws.amazon.com/elasticache/pricing/). How fast it scales out is assumed: `cacheEcpuPerSecond`, doubling every `cacheDoublingMs`.
 */
export class Cache implements Dependency {
  readonly name: string;
  readonly #spec: Scenario['caches'][string];
  readonly #parts: DependencyParts;
  #capacity: number;
  #asked = 0;
  #throttledShare = 0;

  constructor(name: string, spec: Scenario['caches'][string], parts: DependencyParts) {
    this.name = name;
    this.#spec = spec;
    this.#parts = parts;
    this.#capacity = parts.assumptions.cacheEcpuPerSecond;
  }

  get failShare(): number {
    return 0;
  }

  callMs(units: number): { usual: number; extra: number } {
    const { cacheCallMs, sdkAttempts, sdkBackoffMs } = this.#parts.assumptions;
    return {
      usual: units * cacheCallMs,
      extra: throttledCall(this.#throttledShare, sdkAttempts, sdkBackoffMs).waitMs,
    };
  }

  ask(count: number, units: number): void {
    this.#asked += count * units * this.#spec.ecpuPerGet;
  }

  hold(): void {}

  endTick(tick: Tick): void {
    const { assumptions, meter } = this.#parts;
    const seconds = tick.lengthMs / 1000;
    const taken = Math.min(this.#asked, this.#capacity * seconds);
    this.#throttledShare = this.#asked > 0 ? 1 - taken / this.#asked : 0;
    if (this.#asked > 0.7 * this.#capacity * seconds)
      this.#capacity *= 2 ** (tick.lengthMs / assumptions.cacheDoublingMs);
    this.#asked = 0;
    const isValkey = this.#spec.engine === 'valkey';
    const gbHours = (Math.max(this.#spec.dataGb, assumptions.cacheMinimumGb) * seconds) / 3600;
    meter.add(this.name, isValkey ? 'valkeyGbHours' : 'redisGbHours', gbHours);
    meter.add(this.name, isValkey ? 'valkeyEcpu' : 'redisEcpu', taken);
  }
}
