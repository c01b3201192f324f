import type { FunctionEnvironment } from '../environments/function-environment.ts';
import type { FunctionConfiguration } from '../functions/function-configuration.ts';

export interface ProvisionedSetOptions {
  readonly configuration: FunctionConfiguration;
  readonly size: number;
  /** Starts an environment and carries its init out; throws where that fails. */
  readonly create: (configuration: FunctionConfiguration) => Promise<FunctionEnvironment>;
}

/** Workers that are really started beforehand; the machine could not carry hundreds. Those beyond are started at their first use, before it. */
const MOST_STARTED_BEFOREHAND = 16;

/** Environments of one version that were initialised before anything asked for them, and stay so. */
export class ProvisionedSet {
  readonly #options: ProvisionedSetOptions;
  readonly #idle: FunctionEnvironment[] = [];
  readonly #busy = new Set<FunctionEnvironment>();
  #starting = 0;
  #isReleased = false;
  #peak: number | undefined;

  constructor(options: ProvisionedSetOptions) {
    this.#options = options;
  }

  get configuration(): FunctionConfiguration {
    return this.#options.configuration;
  }

  get size(): number {
    return this.#options.size;
  }

  /** Environments that run an invocation now. */
  get inUse(): number {
    return this.#busy.size + this.#starting;
  }

  /** Initialises the environments; throws where the function's init fails. */
  async prepare(): Promise<void> {
    const count = Math.min(this.size, MOST_STARTED_BEFOREHAND);
    const { configuration, create } = this.#options;
    this.#idle.push(...(await Promise.all(Array.from({ length: count }, () => create(configuration)))));
    if (this.#isReleased) await this.release();
  }

  /** One that has nothing to do; nothing where all are busy. */
  async take(): Promise<FunctionEnvironment | undefined> {
    if (this.#isReleased || this.inUse >= this.size) return undefined;
    this.#peak = Math.max(this.#peak ?? 0, (this.inUse + 1) / this.size);
    const ready = this.#takeLiving();
    if (ready) {
      this.#busy.add(ready);
      return ready;
    }
    this.#starting += 1;
    try {
      const started = await this.#options.create(this.configuration);
      this.#busy.add(started);
      return started;
    } finally {
      this.#starting -= 1;
    }
  }

  async giveBack(environment: FunctionEnvironment): Promise<void> {
    this.#busy.delete(environment);
    if (environment.worker().isAlive() && !this.#isReleased) this.#idle.push(environment);
    else await environment.stop();
  }

  /** The highest utilisation since the last call, 0 to 1; nothing where nothing was invoked. */
  takePeakUtilisation(): number | undefined {
    const peak = this.#peak;
    this.#peak = this.inUse > 0 ? this.inUse / this.size : undefined;
    return peak;
  }

  holds(accessKeyId: string): boolean {
    return [...this.#busy].some((environment) => environment.accessKeyId === accessKeyId);
  }

  kill(accessKeyId: string): boolean {
    const environment = [...this.#busy, ...this.#idle].find((candidate) => candidate.accessKeyId === accessKeyId);
    environment?.worker().kill();
    return environment !== undefined;
  }

  /** Stops what is idle now, and what is busy once it is given back. */
  async release(): Promise<void> {
    this.#isReleased = true;
    await Promise.all(this.#idle.splice(0).map((environment) => environment.stop()));
  }

  #takeLiving(): FunctionEnvironment | undefined {
    for (;;) {
      const environment = this.#idle.pop();
      if (!environment || environment.worker().isAlive()) return environment;
      void environment.stop();
    }
  }
}
