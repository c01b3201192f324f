import type { FunctionConfiguration } from '../functions/function-configuration.ts';
import type { FunctionEnvironment } from './function-environment.ts';
import { type RealTime, realTime, type Start, StartTurns } from './start-turns.ts';
import { WaitingRoom } from './waiting-room.ts';

export interface EnvironmentPoolOptions {
  readonly create: (configuration: FunctionConfiguration) => Promise<FunctionEnvironment>;
  /** Whether environments of this configuration may take further invocations. */
  readonly isCurrent: (configuration: FunctionConfiguration) => boolean;
  /** Environments alive at one time, over all functions: what the machine's memory can carry. Beyond it an idle one is ended for another function's. */
  readonly maxEnvironments: number;
  /** Environments at work at one time: what the machine's cores can carry. Beyond it an invocation waits for a place. */
  readonly maxAtWork: number;
  /** Environments that start at one time: more than the machine has cores only slow each other down. An invocation that waits takes what becomes free first. */
  readonly maxStarting: number;
  /** Real milliseconds after which an environment without work is stopped. */
  readonly idleMs: number;
  readonly time?: RealTime;
}

export interface EnvironmentRequest {
  readonly configuration: FunctionConfiguration;
  /**
   * What it may wait for. `place`: for another environment to end its work. `start`: only for its turn to start, which comes whatever the others do; of a
   * caller whom a function may be waiting for. `nothing`: of a function that itself holds a place, else the two could wait for each other.
   */
  readonly waitsFor: 'place' | 'start' | 'nothing';
  /** Called before a new environment is started; throws where the function may not have one now. */
  readonly beforeStart: () => void;
}

export interface Place {
  readonly environment: FunctionEnvironment;
  readonly isCold: boolean;
}

interface Idle {
  readonly environment: FunctionEnvironment;
  readonly since: number;
}

/** Execution environments: reused while warm, stopped when idle, replaced when their function changes. */
export class EnvironmentPool {
  readonly #options: EnvironmentPoolOptions;
  readonly #busy = new Set<FunctionEnvironment>();
  #idle: Idle[] = [];
  #starting = 0;
  readonly #time: RealTime;
  readonly #turns: StartTurns;
  readonly #starts = new WeakMap<FunctionEnvironment, Start>();
  readonly #waiting: WaitingRoom;
  readonly #reaper: NodeJS.Timeout;

  constructor(options: EnvironmentPoolOptions) {
    const { maxStarting, time = realTime } = options;
    this.#options = options;
    this.#time = time;
    this.#turns = new StartTurns({ maxStarting, time, onFree: () => this.#waiting.wake() });
    this.#waiting = new WaitingRoom(time);
    this.#reaper = setInterval(() => void this.#reap(), Math.min(options.idleMs, 10_000)).unref();
  }

  /**
   * A warm environment of the configuration, or a new one. Whoever has had to wait, or finds others of its function waiting, starts one only when none
   * came free for as long as a start of the function takes: after a burst the few that are warm serve all who wait before another would be ready.
   */
  async acquire({ configuration, waitsFor, beforeStart }: EnvironmentRequest): Promise<Place> {
    const since = this.#time.now();
    let isPatient = this.#waiting.holds(configuration);
    for (;;) {
      const { isCrowded, isFull } = this.#limits(waitsFor);
      const warm = isCrowded ? undefined : this.#takeWarm(configuration);
      if (warm) return { environment: warm, isCold: false };
      const patienceMs = isPatient ? this.#patienceMs(configuration, since) : 0;
      const mayStart = !isCrowded && this.#turns.isFree() && patienceMs <= 0;
      if (waitsFor === 'nothing' || (!isFull && mayStart)) {
        return { environment: await this.#start(configuration, beforeStart), isCold: true };
      }
      const hasMadeRoom = isFull && mayStart && this.#makeRoomFor(configuration);
      if (!hasMadeRoom) await this.#waiting.wait(configuration, patienceMs);
      isPatient = true;
    }
  }

  /** Gives an environment back after an invocation. */
  async release(environment: FunctionEnvironment): Promise<void> {
    this.#busy.delete(environment);
    const isReusable = environment.worker().isAlive() && this.#options.isCurrent(environment.configuration);
    if (isReusable) this.#idle.push({ environment, since: this.#time.now() });
    this.#starts.get(environment)?.end();
    this.#waiting.wake();
    if (!isReusable) await environment.stop();
  }

  /** A new environment's init is over. */
  initialised(environment: FunctionEnvironment): void {
    this.#starts.get(environment)?.initialised();
  }

  /** Stops idle environments whose configuration is no longer current. */
  async retire(): Promise<void> {
    await this.#stopIdle(({ environment }) => !this.#options.isCurrent(environment.configuration));
  }

  /** Whether one of the environments that are at work holds these credentials. */
  holds(accessKeyId: string): boolean {
    return [...this.#busy].some((environment) => environment.accessKeyId === accessKeyId);
  }

  /** Ends the environment that holds these credentials as a crash would; false where there is none. */
  kill(accessKeyId: string): boolean {
    const environments = [...this.#busy, ...this.#idle.map(({ environment }) => environment)];
    const environment = environments.find((candidate) => candidate.accessKeyId === accessKeyId);
    environment?.worker().kill();
    return environment !== undefined;
  }

  async stop(): Promise<void> {
    clearInterval(this.#reaper);
    const all = [...this.#busy, ...this.#idle.map(({ environment }) => environment)];
    this.#idle = [];
    await Promise.all(all.map((environment) => environment.stop()));
  }

  /** Whether as many are at work, or alive, as may be: for those who wait for that. */
  #limits(waitsFor: EnvironmentRequest['waitsFor']) {
    if (waitsFor !== 'place') return { isCrowded: false, isFull: false };
    const atWork = this.#busy.size + this.#starting;
    const { maxAtWork, maxEnvironments } = this.#options;
    return { isCrowded: atWork >= maxAtWork, isFull: atWork + this.#idle.length >= maxEnvironments };
  }

  /** Where no other environment of the function could come free there is nothing to wait for. */
  #patienceMs(configuration: FunctionConfiguration, since: number): number {
    return this.#count(configuration) > 0 ? this.#turns.patienceMs(configuration, since) : 0;
  }

  #takeWarm(configuration: FunctionConfiguration): FunctionEnvironment | undefined {
    const index = this.#idle.findLastIndex(
      ({ environment }) => environment.configuration === configuration && environment.worker().isAlive(),
    );
    const environment = this.#idle.splice(index, index < 0 ? 0 : 1)[0]?.environment;
    if (environment) this.#busy.add(environment);
    return environment;
  }

  async #start(configuration: FunctionConfiguration, beforeStart: () => void): Promise<FunctionEnvironment> {
    const start = this.#turns.begin(configuration);
    this.#starting += 1;
    try {
      beforeStart();
      const environment = await this.#options.create(configuration);
      this.#busy.add(environment);
      this.#starts.set(environment, start);
      return environment;
    } catch (error) {
      start.fail();
      throw error;
    } finally {
      this.#starting -= 1;
      this.#waiting.wake();
    }
  }

  /**
   * Ends the longest idle environment of a function that has more than this one would have: functions that share a full house would
   * otherwise end each other's environments, and every invocation would be a cold start. False where it is better to wait.
   */
  #makeRoomFor(configuration: FunctionConfiguration): boolean {
    const own = this.#count(configuration);
    const index = this.#idle.findIndex(
      ({ environment }) => own === 0 || this.#count(environment.configuration) > own + 1,
    );
    const [victim] = this.#idle.splice(index, index < 0 ? 0 : 1);
    void victim?.environment.stop();
    return victim !== undefined;
  }

  #count(configuration: FunctionConfiguration): number {
    const all = [...this.#busy, ...this.#idle.map(({ environment }) => environment)];
    return all.filter((environment) => environment.configuration === configuration).length;
  }

  async #reap(): Promise<void> {
    const now = this.#time.now();
    await this.#stopIdle(
      ({ environment, since }) => now - since >= this.#options.idleMs || !environment.worker().isAlive(),
    );
  }

  async #stopIdle(isDue: (idle: Idle) => boolean): Promise<void> {
    const due = this.#idle.filter(isDue);
    this.#idle = this.#idle.filter((idle) => !due.includes(idle));
    await Promise.all(due.map(({ environment }) => environment.stop()));
  }
}
