import type { ServiceContext } from '../../../core/service.ts';
import type { ClockTimer } from '../../../core/time/clock.ts';
import type { FunctionConfiguration } from '../functions/function-configuration.ts';
import type { FunctionRecord } from '../functions/function-store.ts';
import { ProvisionedSet, type ProvisionedSetOptions } from './provisioned-set.ts';

export type AllocationStatus = 'IN_PROGRESS' | 'READY' | 'FAILED';

/** Provisioned concurrency of one alias or version. */
export interface Allocation {
  readonly qualifier: string;
  requested: number;
  status: AllocationStatus;
  statusReason?: string;
  /** Epoch milliseconds. */
  lastModified: number;
  /** What serves invocations now; while another number is allocated, still the environments of before. */
  set?: ProvisionedSet;
}

export interface ProvisionedConcurrencyOptions {
  readonly context: ServiceContext;
  readonly create: ProvisionedSetOptions['create'];
}

/** "1 to 2 minutes", then 6,000 environments a minute, "none usable until all are allocated". Source: Lambda Developer Guide, "Configuring provisioned concurrency". */
const FIRST_MS = 60_000;
const PER_MINUTE = 6_000;

/** Environments that are kept warm for an alias or a version. */
export class ProvisionedConcurrency {
  readonly #options: ProvisionedConcurrencyOptions;
  readonly #allocations = new Map<string, Map<string, Allocation>>();
  readonly #timers = new Map<Allocation, ClockTimer>();

  constructor(options: ProvisionedConcurrencyOptions) {
    this.#options = options;
  }

  /** Asks for this many environments; they serve once all are ready, a minute of the clock later or more. */
  put(record: FunctionRecord, qualifier: string, requested: number): Allocation {
    const allocation = this.#begin(record, qualifier, requested);
    const delayMs = FIRST_MS + (requested / PER_MINUTE) * 60_000;
    const { clock, track, report } = this.#options.context;
    const timer = clock.schedule(delayMs, () => void track(this.#allocate(record, allocation)).catch(report));
    this.#timers.set(allocation, timer);
    return allocation;
  }

  /** As {@link put}, but over once it resolves: CloudFormation waits for the allocation. Throws where the function's init fails. */
  async putAndWait(record: FunctionRecord, qualifier: string, requested: number): Promise<void> {
    const allocation = this.#begin(record, qualifier, requested);
    await this.#allocate(record, allocation);
    if (allocation.status === 'FAILED') throw new Error(`Provisioned concurrency: ${allocation.statusReason}`);
  }

  get(name: string, qualifier: string): Allocation | undefined {
    return this.#allocations.get(name)?.get(qualifier);
  }

  of(name: string): readonly Allocation[] {
    return [...(this.#allocations.get(name)?.values() ?? [])];
  }

  async remove(name: string, qualifier: string): Promise<void> {
    const allocation = this.get(name, qualifier);
    this.#allocations.get(name)?.delete(qualifier);
    if (!allocation) return;
    this.#timers.get(allocation)?.cancel();
    this.#timers.delete(allocation);
    await allocation.set?.release();
  }

  async removeAll(name: string): Promise<void> {
    await Promise.all(this.of(name).map(({ qualifier }) => this.remove(name, qualifier)));
  }

  /** An alias that points to another version is allocated anew. */
  aliasChanged(record: FunctionRecord, aliasName: string): void {
    const allocation = this.get(record.name, aliasName);
    if (allocation && allocation.set?.configuration !== versionOf(record, aliasName))
      this.put(record, aliasName, allocation.requested);
  }

  /** What serves invocations of this version by this qualifier; nothing where nothing is ready. */
  ready(name: string, qualifier: string | undefined, configuration: FunctionConfiguration): ProvisionedSet | undefined {
    const set = qualifier === undefined ? undefined : this.get(name, qualifier)?.set;
    return set?.configuration === configuration ? set : undefined;
  }

  kill(accessKeyId: string): boolean {
    return this.#sets().some((set) => set.kill(accessKeyId));
  }

  /** Whether one of the environments that are at work holds these credentials. */
  holds(accessKeyId: string): boolean {
    return this.#sets().some((set) => set.holds(accessKeyId));
  }

  async stop(): Promise<void> {
    for (const timer of this.#timers.values()) timer.cancel();
    await Promise.all(this.#sets().map((set) => set.release()));
  }

  #begin(record: FunctionRecord, qualifier: string, requested: number): Allocation {
    const lastModified = this.#options.context.clock.now();
    const previous = this.get(record.name, qualifier);
    if (previous) this.#timers.get(previous)?.cancel();
    const allocation: Allocation = {
      qualifier,
      requested,
      lastModified,
      status: 'IN_PROGRESS',
      ...(previous?.set ? { set: previous.set } : {}),
    };
    const byQualifier = this.#allocations.get(record.name) ?? new Map<string, Allocation>();
    this.#allocations.set(record.name, byQualifier.set(qualifier, allocation));
    return allocation;
  }

  async #allocate(record: FunctionRecord, allocation: Allocation): Promise<void> {
    const configuration = versionOf(record, allocation.qualifier);
    if (!configuration) return;
    const set = new ProvisionedSet({ configuration, size: allocation.requested, create: this.#options.create });
    const previous = allocation.set;
    try {
      await set.prepare();
      allocation.set = set;
      allocation.status = 'READY';
    } catch {
      allocation.status = 'FAILED';
      allocation.statusReason = 'FUNCTION_ERROR_INIT_FAILURE';
      delete allocation.set;
    }
    await previous?.release();
    // Removed, or asked for anew, while it was allocated.
    if (this.get(record.name, allocation.qualifier) !== allocation) await set.release();
  }

  #sets(): readonly ProvisionedSet[] {
    return [...this.#allocations.values()].flatMap((byQualifier) =>
      [...byQualifier.values()].flatMap(({ set }) => set ?? []),
    );
  }
}

/** The published version that a qualifier leads to, an alias's weights apart. */
function versionOf(record: FunctionRecord, qualifier: string): FunctionConfiguration | undefined {
  return record.versions.get(record.aliases.get(qualifier)?.functionVersion ?? qualifier);
}
