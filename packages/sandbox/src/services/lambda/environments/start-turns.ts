import type { FunctionConfiguration } from '../functions/function-configuration.ts';

/** Real time, in milliseconds; tests have their own. */
export interface RealTime {
  readonly now: () => number;
  /** Calls back later; returns what calls it off. */
  readonly after: (delayMs: number, work: () => void) => () => void;
}

export const realTime: RealTime = {
  now: () => performance.now(),
  after(delayMs, work) {
    const timer = setTimeout(work, delayMs).unref();
    return () => clearTimeout(timer);
  },
};

/** One environment that starts. */
export interface Start {
  /** Init is over. */
  initialised(): void;
  /** The first invocation is over. Calling it again changes nothing. */
  end(): void;
  /** There will be no invocation. */
  fail(): void;
}

export interface StartTurnsOptions {
  readonly maxStarting: number;
  readonly time: RealTime;
  readonly onFree: () => void;
}

/** A first invocation that does nothing but load the clients of a handler takes about as long as its init. */
const FIRST_INVOCATION_INITS = 2;

interface LastStart {
  readonly tookMs: number;
  readonly endedAt: number;
}

/**
 * Who may start an environment now: as many at a time as the machine has cores for. A start lasts until its first invocation is over, whose code is as
 * cold as init's was, but at most for twice as long again as its init: an invocation may take minutes, and does not take the time of a core for that long.
 */
export class StartTurns {
  readonly #options: StartTurnsOptions;
  readonly #last = new WeakMap<FunctionConfiguration, LastStart>();
  #underWay = 0;

  constructor(options: StartTurnsOptions) {
    this.#options = options;
  }

  isFree(): boolean {
    return this.#underWay < this.#options.maxStarting;
  }

  /**
   * How much longer one who has waited since then had better wait than start: as long as the last start took, and from its end on. 0 for a function whose
   * invocations are slower than its starts, and before its first start is over.
   */
  patienceMs(configuration: FunctionConfiguration, since: number): number {
    const last = this.#last.get(configuration);
    return last ? Math.max(since, last.endedAt) + last.tookMs - this.#options.time.now() : 0;
  }

  begin(configuration: FunctionConfiguration): Start {
    const { time, onFree } = this.#options;
    const startedAt = time.now();
    let isOver = false;
    let callOff = () => {};
    this.#underWay += 1;
    const over = (learn: () => void) => {
      callOff();
      if (isOver) return;
      isOver = true;
      this.#underWay -= 1;
      learn();
      onFree();
    };
    const isSlow = () => over(() => this.#last.delete(configuration));
    return {
      initialised: () => {
        if (!isOver) callOff = time.after(FIRST_INVOCATION_INITS * (time.now() - startedAt), isSlow);
      },
      end: () => over(() => this.#last.set(configuration, { tookMs: time.now() - startedAt, endedAt: time.now() })),
      fail: () => over(() => {}),
    };
  }
}
