import { randomBytes } from 'node:crypto';
import type { ServiceContext } from '../../core/service.ts';
import type { ClockTimer } from '../../core/time/clock.ts';
import { type Connection, DatabaseError } from '../rds/data-api-cluster.ts';
import { badRequest, transactionNotFound } from './data-error.ts';

export interface Transaction {
  readonly id: string;
  readonly clusterArn: string;
  readonly connection: Connection;
}

interface Open extends Transaction {
  readonly startedAt: number;
  timer: ClockTimer;
}

/** "A transaction times out if there are no calls that use its transaction ID in three minutes", and after 24 hours at the latest. Source: RDS Data API Reference, BeginTransaction. */
const IDLE_MS = 3 * 60_000;
const LONGEST_MS = 24 * 3_600_000;

/** Transactions that calls can name. One that times out is rolled back, and gives its connection to whoever waits. */
export class Transactions {
  readonly #context: ServiceContext;
  readonly #open = new Map<string, Open>();

  constructor(context: ServiceContext) {
    this.#context = context;
  }

  async begin(clusterArn: string, connection: Connection): Promise<Transaction> {
    try {
      await connection.run('begin');
    } catch (error) {
      await connection.release();
      throw error;
    }
    const id = randomBytes(80).toString('base64');
    const startedAt = this.#context.clock.now();
    const open: Open = { id, clusterArn, connection, startedAt, timer: this.#timer(id, IDLE_MS) };
    this.#open.set(id, open);
    return open;
  }

  /** Puts its time-out off; throws `TransactionNotFoundException`, and `BadRequestException` where it belongs to another cluster. */
  use(id: string, clusterArn: string): Transaction {
    const open = this.#open.get(id);
    if (!open) throw transactionNotFound(id);
    if (open.clusterArn !== clusterArn) throw badRequest('Database handle does not match the transaction.');
    open.timer.cancel();
    const leftMs = open.startedAt + LONGEST_MS - this.#context.clock.now();
    open.timer = this.#timer(id, Math.min(IDLE_MS, leftMs));
    return open;
  }

  async commit(transaction: Transaction): Promise<void> {
    const { command } = await this.#end(transaction, 'commit');
    if (command === 'ROLLBACK') throw rolledBack();
  }

  async rollback(transaction: Transaction): Promise<void> {
    await this.#end(transaction, 'rollback');
  }

  /** Forgets every transaction; the databases end with their clusters. */
  stop(): void {
    for (const { timer } of this.#open.values()) timer.cancel();
    this.#open.clear();
  }

  async #end({ id, connection }: Transaction, sql: 'commit' | 'rollback') {
    this.#open.get(id)?.timer.cancel();
    this.#open.delete(id);
    try {
      return await connection.run(sql);
    } finally {
      await connection.release();
    }
  }

  #timer(id: string, delayMs: number): ClockTimer {
    return this.#context.clock.schedule(delayMs, () => {
      const open = this.#open.get(id);
      if (open) this.#context.track(this.rollback(open)).catch(this.#context.report);
    });
  }
}

/** PostgreSQL answers the COMMIT of a transaction in which a statement failed with a ROLLBACK. */
const rolledBack = (): DatabaseError =>
  new DatabaseError({
    severity: 'ERROR',
    message: 'current transaction is aborted, and was rolled back',
    code: '25P02',
  });
