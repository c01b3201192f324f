import { fatal } from './database-error.ts';
import type { Engine } from './engine.ts';
import type { EngineParameter, EngineResult } from './messages.ts';

/** A place at the database, to be given back. */
export interface Connection {
  run(sql: string, parameters?: readonly EngineParameter[]): Promise<EngineResult>;
  /** Ends what is left of the session and lets the next one in. A second call does nothing. */
  release(): Promise<void>;
}

export interface ConnectionRequest {
  readonly user: string;
  /** Gives the waiting up when it aborts. */
  readonly patience?: AbortSignal;
  /** Throws where the user may not in; asked when it is his turn. `master` gives the database as its master user. */
  readonly admit: (master: () => Promise<Engine>) => Promise<void>;
}

export interface ConnectionsOptions {
  readonly masterUser: string;
  /** Starts the database on its first use. */
  readonly start: () => Promise<Engine>;
  /** More are refused, as PostgreSQL refuses them. */
  readonly maxConnections: () => number;
}

/** What a statement may leave behind in its session for the next user of the connection. */
const LEAVES_TRACES = /\b(?:set|set_config|temp|temporary|prepare|declare|listen|pg_advisory_lock)\b/i;
const CLEAN_UP = 'reset all; discard temp; deallocate all; close all; unlisten *; select pg_advisory_unlock_all()';

/**
 * The database has one connection: who wants one waits in line until it is given back. A transaction keeps it from its beginning to its end,
 * so a statement outside of a transaction that is open waits for that, where on AWS it would run beside it.
 */
export class Connections {
  readonly #options: ConnectionsOptions;
  readonly #line: (() => void)[] = [];
  #isTaken = false;
  #engine: Promise<Engine> | undefined;
  #user = '';
  #busyMs = 0;
  #peak = 0;

  constructor(options: ConnectionsOptions) {
    this.#options = options;
  }

  /** Connections in use, and those that wait for one. */
  get open(): number {
    return this.#line.length + (this.#isTaken ? 1 : 0);
  }

  /** Waits in line; throws a `DatabaseError` with SQLSTATE 53300 where too many are connected. */
  async connect({ user, patience, admit }: ConnectionRequest): Promise<Connection> {
    if (this.open >= this.#options.maxConnections())
      throw fatal('53300', 'remaining connection slots are reserved for roles with the SUPERUSER attribute');
    await this.#takeTurn(patience);
    this.#peak = Math.max(this.#peak, this.open);
    try {
      await admit(() => this.#become(this.#options.masterUser));
      return this.#connection(await this.#become(user));
    } catch (error) {
      this.#next();
      throw error;
    }
  }

  /** Starts the database, unless it runs. */
  start(): Promise<Engine> {
    this.#engine ??= this.#options.start();
    return this.#engine;
  }

  /** Real milliseconds of work, and the most connections at one time, since the last call. */
  takeLoad(): { readonly busyMs: number; readonly connections: number } {
    const load = { busyMs: this.#busyMs, connections: this.#peak };
    this.#busyMs = 0;
    this.#peak = this.open;
    return load;
  }

  async stop(): Promise<void> {
    await (await this.#engine)?.stop();
  }

  #takeTurn(patience: AbortSignal | undefined): Promise<void> {
    if (!this.#isTaken) {
      this.#isTaken = true;
      return Promise.resolve();
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const turn = () => resolve();
    this.#line.push(turn);
    patience?.addEventListener('abort', () => {
      const place = this.#line.indexOf(turn);
      if (place >= 0) this.#line.splice(place, 1);
      reject(patience.reason);
    });
    return promise;
  }

  #next(): void {
    const turn = this.#line.shift();
    if (turn) turn();
    else this.#isTaken = false;
  }

  async #become(user: string): Promise<Engine> {
    const engine = await this.start();
    if (this.#user !== user) await engine.script(`set session authorization ${quoted(user)}`);
    this.#user = user;
    return engine;
  }

  #connection(engine: Engine): Connection {
    let isOpen = true;
    let leavesTraces = false;
    return {
      run: async (sql, parameters = []) => {
        leavesTraces ||= LEAVES_TRACES.test(sql);
        const began = performance.now();
        try {
          return await engine.query(sql, parameters);
        } finally {
          this.#busyMs += performance.now() - began;
        }
      },
      release: async () => {
        if (!isOpen) return;
        isOpen = false;
        try {
          if (leavesTraces) await engine.script(CLEAN_UP);
        } finally {
          this.#next();
        }
      },
    };
  }
}

/** A name as SQL writes it. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
