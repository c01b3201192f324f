import type { Clock } from '../../../core/time/clock.ts';
import type { FunctionRecord } from '../functions/function-store.ts';
import { type ThrottleReason, tooManyRequests } from '../lambda-errors.ts';
import { ACCOUNT_CONCURRENCY, SCALING_BURST, SCALING_PER_SECOND } from '../lambda-limits.ts';

interface Usage {
  running: number;
  /** New environments the function may still start: a bucket that refills continuously. */
  starts: number;
  refilledAt: number;
}

export interface ConcurrencyOptions {
  readonly clock: Clock;
  readonly records: () => readonly FunctionRecord[];
  readonly accountLimit?: number;
  /** Provisioned environments of a function; none where absent. */
  readonly provisioned?: (name: string) => number;
}

/** Counts running invocations against reserved and account concurrency, and new environments against the scaling rate. */
export class Concurrency {
  readonly #options: ConcurrencyOptions;
  readonly #usage = new Map<string, Usage>();

  constructor(options: ConcurrencyOptions) {
    this.#options = options;
  }

  get accountLimit(): number {
    return this.#options.accountLimit ?? ACCOUNT_CONCURRENCY;
  }

  get unreservedLimit(): number {
    const reserved = this.#options
      .records()
      .reduce((sum, { reservedConcurrency }) => sum + (reservedConcurrency ?? 0), 0);
    return this.accountLimit - reserved;
  }

  running(name: string): number {
    return this.#usage.get(name)?.running ?? 0;
  }

  runningInAccount(): number {
    return this.#options.records().reduce((sum, { name }) => sum + this.running(name), 0);
  }

  /** Running invocations of functions that reserve none. */
  get unreservedRunning(): number {
    return this.#unreserved().reduce((sum, { name }) => sum + this.running(name), 0);
  }

  /** What is not free for others: reserved, provisioned or in use. Source: Lambda Developer Guide, "Types of metrics", ClaimedAccountConcurrency. */
  get claimed(): number {
    const { provisioned = () => 0 } = this.#options;
    const taken = this.#unreserved().reduce(
      (sum, { name }) => sum + Math.max(this.running(name), provisioned(name)),
      0,
    );
    return this.accountLimit - this.unreservedLimit + taken;
  }

  /** Starts counting an invocation; throws TooManyRequestsException where it has no room. Returns what ends the counting. */
  enter(record: FunctionRecord): () => void {
    const usage = this.#usageOf(record.name);
    const refused = this.#refusal(record, usage);
    if (refused) throw tooManyRequests(refused);
    usage.running += 1;
    return () => {
      usage.running -= 1;
    };
  }

  /** Takes a new environment off the function's scaling rate; throws TooManyRequestsException beyond it. */
  start(record: FunctionRecord): void {
    const usage = this.#usageOf(record.name);
    const now = this.#options.clock.now();
    const refill = (Math.max(0, now - usage.refilledAt) / 1_000) * SCALING_PER_SECOND;
    usage.starts = Math.min(SCALING_BURST, usage.starts + refill);
    usage.refilledAt = now;
    if (usage.starts < 1) throw tooManyRequests('ConcurrentInvocationLimitExceeded');
    usage.starts -= 1;
  }

  #refusal(record: FunctionRecord, usage: Usage): ThrottleReason | undefined {
    if (record.reservedConcurrency !== undefined) {
      const isFull = usage.running >= record.reservedConcurrency;
      return isFull ? 'ReservedFunctionConcurrentInvocationLimitExceeded' : undefined;
    }
    return this.unreservedRunning >= this.unreservedLimit ? 'ConcurrentInvocationLimitExceeded' : undefined;
  }

  #unreserved(): readonly FunctionRecord[] {
    return this.#options.records().filter(({ reservedConcurrency }) => reservedConcurrency === undefined);
  }

  #usageOf(name: string): Usage {
    const known = this.#usage.get(name);
    if (known) return known;
    const usage = { running: 0, starts: SCALING_BURST, refilledAt: this.#options.clock.now() };
    this.#usage.set(name, usage);
    return usage;
  }
}
