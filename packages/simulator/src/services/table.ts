import type { Assumptions } from '../aws/assumptions.ts';
import { isActive } from '../lambda/effects.ts';
import type { Meter } from '../measure/meter.ts';
import type { Fault } from '../scenario/fault.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Tick } from '../tick.ts';
import { type Dependency, throttledCall } from './dependency.ts';
import { TableUnits } from './table-units.ts';

export interface DependencyParts {
  readonly assumptions: Assumptions;
  readonly meter: Meter;
  readonly faults: readonly Fault[];
  readonly tickMs: number;
}

/**
 * A DynamoDB table on demand: takes what it began with (4,000 writes and 12,000 reads a second, or its warm throughput) and twice its previous
 * peak once that is 30 minutes old, up to its quota
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html). Reads and writes are throttled each by itself, a
 * call that does both where either is.
 */
export class Table {
  readonly name: string;
  readonly #parts: DependencyParts;
  readonly #writes: TableUnits;
  readonly #reads: TableUnits;
  /** Share of calls that a fault does not throttle. */
  #spared = 1;

  constructor(name: string, spec: Scenario['tables'][string], parts: DependencyParts) {
    this.name = name;
    this.#parts = parts;
    this.#writes = new TableUnits({ warm: spec.warmWrites, most: spec.maxWrites, tickMs: parts.tickMs });
    this.#reads = new TableUnits({ warm: spec.warmReads, most: spec.maxReads, tickMs: parts.tickMs });
  }

  /** Units a second that it takes now. */
  get writeCapacity(): number {
    return this.#writes.capacity;
  }

  /** What one function's call with so many units of each kind is like. */
  port(units: { reads: number; writes: number }): Dependency {
    const { sdkAttempts, sdkBackoffMs, tableCallMs } = this.#parts.assumptions;
    const writes = this.#writes;
    const reads = this.#reads;
    const throttling = () => {
      const taken = (units.writes > 0 ? writes.takenShare : 1) * (units.reads > 0 ? reads.takenShare : 1);
      return throttledCall(1 - this.#spared * taken, sdkAttempts, sdkBackoffMs);
    };
    return {
      callMs: (count) => ({ usual: tableCallMs * count, extra: throttling().waitMs }),
      get failShare() {
        return throttling().failShare;
      },
      ask(count) {
        reads.ask(count * units.reads);
        writes.ask(count * units.writes);
      },
      hold() {},
      endTick() {},
    };
  }

  endTick(tick: Tick): void {
    const injected = this.#parts.faults.find(
      (fault) => fault.kind === 'throttled-dependency' && isActive(fault, tick.startMs),
    );
    this.#spared = injected?.kind === 'throttled-dependency' ? 1 - injected.pct / 100 : 1;
    this.#parts.meter.add(this.name, 'tableWrites', this.#writes.take(tick, this.#spared));
    this.#parts.meter.add(this.name, 'tableReads', this.#reads.take(tick, this.#spared));
  }
}
