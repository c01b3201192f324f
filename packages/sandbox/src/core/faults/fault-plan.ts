import type { ApiCall, Caller } from '../service.ts';
import type { Fault, InjectedFault } from './fault.ts';
import { seededRandom } from './seeded-random.ts';

/** What a service registers so that faults can reach it. */
export interface FaultHooks {
  /**
   * Registers what ends an execution environment at once, as a crash of its machine would; returns the end of the registration.
   * `kill` answers whether it knew the environment that holds these keys.
   */
  onCrash(kill: (accessKeyId: string) => boolean): () => void;
}

/** A fault in force, as the front applies it. */
export interface ActiveFault extends InjectedFault {
  readonly fault: Fault;
  /** Resolves when the fault is lifted. */
  readonly lifted: Promise<void>;
}

/** Faults that a test injected into calls on the wire. */
export class FaultPlan implements FaultHooks {
  readonly #faults = new Set<PlannedFault>();
  readonly #killers = new Set<(accessKeyId: string) => boolean>();

  inject(fault: Fault): InjectedFault {
    const planned = new PlannedFault(fault, () => this.#faults.delete(planned));
    this.#faults.add(planned);
    return planned;
  }

  /** Lifts every fault. */
  clear(): void {
    for (const fault of [...this.#faults]) fault.lift();
  }

  onCrash(kill: (accessKeyId: string) => boolean): () => void {
    this.#killers.add(kill);
    return () => void this.#killers.delete(kill);
  }

  /** The first fault, in the order of injection, that hits this call; every matching fault counts the call. */
  hit(call: ApiCall, caller: Caller): ActiveFault | undefined {
    const hits = [...this.#faults].filter((fault) => fault.countsAndHits(call, caller));
    hits[0]?.take();
    return hits[0];
  }

  /** Ends the environment that holds these keys; throws where no service runs it. */
  crash(accessKeyId: string): void {
    const killed = [...this.#killers].map((kill) => kill(accessKeyId)).some(Boolean);
    if (!killed)
      throw new Error(
        `No execution environment holds the access key ${accessKeyId}: crash-caller has nothing to crash.`,
      );
  }
}

class PlannedFault implements ActiveFault {
  readonly fault: Fault;
  readonly lifted: Promise<void>;
  readonly firstHit: Promise<void>;
  readonly lift: () => void;
  readonly #noteHit: () => void;
  readonly #random: () => number;
  #seen = 0;
  #hits = 0;

  constructor(fault: Fault, remove: () => void) {
    const lifted = Promise.withResolvers<void>();
    const firstHit = Promise.withResolvers<void>();
    this.fault = fault;
    this.lifted = lifted.promise;
    this.firstHit = firstHit.promise;
    this.#noteHit = firstHit.resolve;
    this.#random = seededRandom(fault.seed ?? 1);
    this.lift = () => {
      remove();
      lifted.resolve();
    };
  }

  get hits(): number {
    return this.#hits;
  }

  countsAndHits(call: ApiCall, caller: Caller): boolean {
    const { service, operation, nth, times, probability } = this.fault;
    if (service !== undefined && service !== call.service) return false;
    if (operation !== undefined && operation !== call.operation) return false;
    if (this.fault.caller && !this.fault.caller(caller, call)) return false;
    this.#seen += 1;
    if (nth !== undefined && this.#seen !== nth) return false;
    if (times !== undefined && this.#hits >= times) return false;
    return probability === undefined || this.#random() < probability;
  }

  take(): void {
    this.#hits += 1;
    this.#noteHit();
  }
}
