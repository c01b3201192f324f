import { ApiError } from '../../core/service.ts';
import type { Clock, ClockTimer } from '../../core/time/clock.ts';
import { runWrite } from './dynalite.ts';
import type { Item, Table } from './table.ts';
import type { TableStore } from './table-store.ts';

/** Expired items stay readable until the next sweep: AWS deletes them "within a few days", we within this. */
const SWEEP_EVERY_MS = 60 * 60 * 1000;
/** Items that expired longer ago are left alone (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html). */
const TOO_OLD_MS = 5 * 365 * 24 * 60 * 60 * 1000;
/** Longest wait in one piece: a system timer overflows at 2^31 ms. */
const MAX_WAIT_MS = 20 * 24 * 60 * 60 * 1000;

/** Deletes expired items by the injected clock: one timer a table, set to the full hour after its earliest expiry. */
export class TimeToLive {
  /** While an item is deleted because it has expired: its stream record says so. */
  isExpiring = false;
  readonly #clock: Clock;
  readonly #store: () => TableStore;
  readonly #sweeps = new Map<Table, { at: number; timer: ClockTimer }>();

  constructor(clock: Clock, store: () => TableStore) {
    this.#clock = clock;
    this.#store = store;
  }

  update(
    table: Table,
    specification: { readonly AttributeName?: string; readonly Enabled?: boolean } | undefined,
  ): void {
    const attribute = specification?.AttributeName;
    if (!attribute) throw new ApiError('ValidationException', 'TimeToLiveSpecification requires an AttributeName');
    const current = table.timeToLiveAttribute;
    if (specification.Enabled === (current !== undefined)) {
      throw new ApiError('ValidationException', `TimeToLive is already ${current ? 'enabled' : 'disabled'}`);
    }
    this.set(table, specification.Enabled ? attribute : undefined);
  }

  /** Expires items by this attribute from now on, or no more. */
  set(table: Table, attribute: string | undefined): void {
    if (attribute === undefined) delete table.timeToLiveAttribute;
    else table.timeToLiveAttribute = attribute;
    this.#sweep(table);
  }

  /** Hears of an item that was written. */
  onPut(tableName: string, item: Item): void {
    const table = this.#store().tables.get(tableName);
    const expiresAt = table && this.#expiry(table, item);
    if (table && expiresAt !== undefined) this.#plan(table, expiresAt);
  }

  forget(table: Table): void {
    this.#sweeps.get(table)?.timer.cancel();
    this.#sweeps.delete(table);
  }

  stop(): void {
    for (const table of [...this.#sweeps.keys()]) this.forget(table);
  }

  #plan(table: Table, expiresAt: number): void {
    const at = Math.ceil(expiresAt / SWEEP_EVERY_MS) * SWEEP_EVERY_MS;
    const planned = this.#sweeps.get(table);
    if (planned && planned.at <= at) return;
    planned?.timer.cancel();
    const wait = Math.min(Math.max(0, at - this.#clock.now()), MAX_WAIT_MS);
    this.#sweeps.set(table, { at, timer: this.#clock.schedule(wait, () => this.#sweep(table)) });
  }

  #sweep(table: Table): void {
    this.forget(table);
    const store = this.#store();
    const name = table.description.TableName;
    if (store.tables.get(name) !== table) return;
    const now = this.#clock.now();
    for (const item of store.items(name).values()) {
      const expiresAt = this.#expiry(table, item);
      if (expiresAt === undefined) continue;
      if (expiresAt > now) this.#plan(table, expiresAt);
      else this.#expire(store, table, item);
    }
  }

  #expire(store: TableStore, table: Table, item: Item): void {
    this.isExpiring = true;
    try {
      runWrite('DeleteItem', { TableName: table.description.TableName, Key: keyOf(table, item) }, store);
    } finally {
      this.isExpiring = false;
    }
  }

  /** Epoch milliseconds at which an item expires; absent where it never does. */
  #expiry(table: Table, item: Item): number | undefined {
    const seconds = table.timeToLiveAttribute && item[table.timeToLiveAttribute]?.N;
    if (typeof seconds !== 'string') return undefined;
    const expiresAt = Number(seconds) * 1000;
    return expiresAt > this.#clock.now() - TOO_OLD_MS ? expiresAt : undefined;
  }
}

function keyOf(table: Table, item: Item): Item {
  const names = table.description.KeySchema.map((key) => key.AttributeName);
  return Object.fromEntries(names.map((name) => [name, item[name] as Item[string]]));
}
