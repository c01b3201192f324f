import type { Assumptions } from '../aws/assumptions.ts';
import { LIMITS } from '../aws/limits.ts';
import type { Fault } from '../faults/fault.ts';
import { isActive } from '../lambda/effects.ts';
import type { Meter } from '../measure/meter.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Tick } from '../tick.ts';
import { AdaptingCapacity } from './adapting-capacity.ts';
import { type Dependency, throttledCall } from './dependency.ts';

export interface DependencyParts {
  readonly assumptions: Assumptions;
  readonly meter: Meter;
  readonly faults: readonly Fault[];
  readonly tickMs: number;
}

/**
 * A DynamoDB table on demand: takes what it began with (4,000 writes and 12,000 reads a second, or its warm throughput) and twice its previous
 * peak once that is 30 minutes old, up to its quota
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html).
 */
export class Table {
  readonly name: string;
  readonly #parts: DependencyParts;
  readonly #writes: AdaptingCapacity;
  readonly #reads: AdaptingCapacity;
  #askedWrites = 0;
  #askedReads = 0;
  #throttledShare = 0;
  served = 0;
  throttled = 0;

  constructor(name: string, spec: Scenario['tables'][string], parts: DependencyParts) {
    this.name = name;
    this.#parts = parts;
    const adapting = { growth: LIMITS.onDemandGrowth, adaptMs: LIMITS.tableAdaptMs, tickMs: parts.tickMs };
    this.#writes = new AdaptingCapacity({
      first: spec.warmWrites,
      most: Math.max(spec.warmWrites, spec.maxWrites),
      ...adapting,
    });
    this.#reads = new AdaptingCapacity({
      first: spec.warmReads,
      most: Math.max(spec.warmReads, spec.maxReads),
      ...adapting,
    });
  }

  /** Units a second that it takes now. */
  get writeCapacity(): number {
    return this.#writes.perSecond;
  }

  /** What one function's call with so many units of each kind is like. */
  port(units: { reads: number; writes: number }): Dependency {
    const { sdkAttempts, sdkBackoffMs, tableCallMs } = this.#parts.assumptions;
    const table = this;
    return {
      callMs: (count) => ({
        usual: tableCallMs * count,
        extra: throttledCall(table.#throttledShare, sdkAttempts, sdkBackoffMs).waitMs,
      }),
      get failShare() {
        return throttledCall(table.#throttledShare, sdkAttempts, sdkBackoffMs).failShare;
      },
      ask(count) {
        table.#askedReads += count * units.reads;
        table.#askedWrites += count * units.writes;
      },
      hold() {},
      endTick() {},
    };
  }

  endTick(tick: Tick): void {
    const injected = this.#parts.faults.find(
      (fault) => fault.kind === 'throttled-dependency' && isActive(fault, tick.startMs),
    );
    const spared = injected?.kind === 'throttled-dependency' ? 1 - injected.pct / 100 : 1;
    const asked = this.#askedWrites + this.#askedReads;
    const writes = this.#writes.take(tick, this.#askedWrites * spared);
    const reads = this.#reads.take(tick, this.#askedReads * spared);
    this.#askedWrites = 0;
    this.#askedReads = 0;
    this.#throttledShare = asked > 0 ? 1 - (writes + reads) / asked : 1 - spared;
    this.served += writes + reads;
    this.throttled += asked - writes - reads;
    this.#parts.meter.add(this.name, 'tableWrites', writes);
    this.#parts.meter.add(this.name, 'tableReads', reads);
  }
}
