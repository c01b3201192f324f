import type { FunctionConfiguration } from '../functions/function-configuration.ts';
import type { RealTime } from './start-turns.ts';

interface Waiting {
  readonly configuration: FunctionConfiguration;
  readonly resume: () => void;
}

/** Invocations that wait for an environment. Whenever something changes all look again, in their order. */
export class WaitingRoom {
  readonly #time: RealTime;
  #waiting: Waiting[] = [];

  constructor(time: RealTime) {
    this.#time = time;
  }

  holds(configuration: FunctionConfiguration): boolean {
    return this.#waiting.some((other) => other.configuration === configuration);
  }

  /** Until something changed, or patience is over. Without patience nothing but a change ends it. */
  async wait(configuration: FunctionConfiguration, patienceMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const waiting = { configuration, resume: resolve };
    this.#waiting.push(waiting);
    const callOff = patienceMs > 0 ? this.#time.after(patienceMs, resolve) : () => {};
    await promise;
    callOff();
    this.#waiting = this.#waiting.filter((other) => other !== waiting);
  }

  wake(): void {
    for (const { resume } of this.#waiting.splice(0)) resume();
  }
}
