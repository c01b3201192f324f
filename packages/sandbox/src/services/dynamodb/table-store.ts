import { Stream } from 'node:stream';
import { type Range, SortedMap } from './sorted-map.ts';
import type { Item, Table, TableDescription } from './table.ts';

/** Hears of an item as it was and as it has become; absent before it was there, and after it is gone. */
export type OnChange = (table: string, before: Item | undefined, after: Item | undefined) => void;

type Done<Value> = (error: Error | null, value?: Value) => void;

/** What dynalite asks of a key-value store. Ours answers at once, so each of its write actions is atomic without a lock. */
interface DynaliteDatabase {
  get(key: string, done: Done<Item>): void;
  put(key: string, item: Item, done: Done<void>): void;
  del(key: string, done: Done<void>): void;
  lock(key: string, work: (release: (done: unknown) => unknown) => void): void;
  createValueStream(range: Range): Stream;
}

/** The store object that dynalite's actions take. */
export interface DynaliteStore {
  readonly options: { readonly maxItemSize: number };
  getTable(name: string, checkStatus: boolean | Done<TableDescription>, done?: Done<TableDescription>): void;
  getItemDb(table: string): DynaliteDatabase;
  getIndexDb(kind: string, table: string, index: string): DynaliteDatabase;
}

/** Largest item, in bytes (DynamoDB quota). */
const MAX_ITEM_BYTES = 400 * 1024;

/** How dynalite recognises an absent key. One object, because most writes of an ingest meet it and a stack trace each is dear. */
const NO_SUCH_KEY = Object.assign(new Error('no such key'), { name: 'NotFoundError' });

/** Tables, items and index entries in memory, with an undo journal for transactions. */
export class TableStore implements DynaliteStore {
  readonly options = { maxItemSize: MAX_ITEM_BYTES };
  readonly tables = new Map<string, Table>();
  readonly #databases = new Map<string, SortedMap<Item>>();
  readonly #onChange: OnChange;
  #journal: (() => void)[] | undefined;
  #changes: (() => void)[] = [];

  /** `onChange` hears of every item that is written or deleted; of those in a transaction when it is over. */
  constructor(onChange: OnChange) {
    this.#onChange = onChange;
  }

  /** The items of a table, by dynalite's key of each. */
  items(table: string): SortedMap<Item> {
    return this.#database(`item~${table}`);
  }

  indexEntries(table: string, index: string): SortedMap<Item> {
    return this.#database(`index~${table}~${index}`);
  }

  dropItems(description: TableDescription): void {
    const indexes = [...(description.GlobalSecondaryIndexes ?? []), ...(description.LocalSecondaryIndexes ?? [])];
    this.#databases.delete(`item~${description.TableName}`);
    for (const index of indexes) this.#databases.delete(`index~${description.TableName}~${index.IndexName}`);
  }

  /** Runs synchronous work; undoes all its writes when it throws. */
  atomically<Result>(work: () => Result): Result {
    const journal: (() => void)[] = [];
    this.#journal = journal;
    try {
      const result = work();
      this.#journal = undefined;
      for (const announce of this.#changes) announce();
      return result;
    } catch (error) {
      for (const undo of journal.reverse()) undo();
      throw error;
    } finally {
      this.#journal = undefined;
      this.#changes = [];
    }
  }

  getTable(name: string, checkStatus: boolean | Done<TableDescription>, done?: Done<TableDescription>): void {
    const answer = typeof checkStatus === 'function' ? checkStatus : done;
    const table = this.tables.get(name);
    answer?.(table ? null : tableNotFound(), table?.description);
  }

  getItemDb(table: string): DynaliteDatabase {
    return this.#adapt(this.items(table), (before, after) => this.#announce(table, before, after));
  }

  getIndexDb(_kind: string, table: string, index: string): DynaliteDatabase {
    return this.#adapt(this.indexEntries(table, index), () => undefined);
  }

  #database(name: string): SortedMap<Item> {
    const existing = this.#databases.get(name);
    if (existing) return existing;
    const created = new SortedMap<Item>();
    this.#databases.set(name, created);
    return created;
  }

  #announce(table: string, before: Item | undefined, after: Item | undefined): void {
    if (this.#journal) this.#changes.push(() => this.#onChange(table, before, after));
    else this.#onChange(table, before, after);
  }

  #adapt(
    map: SortedMap<Item>,
    onChange: (before: Item | undefined, after: Item | undefined) => void,
  ): DynaliteDatabase {
    return {
      get: (key, done) => {
        const item = map.get(key);
        if (item) done(null, item);
        else done(NO_SUCH_KEY);
      },
      put: (key, item, done) => {
        this.#remember(map, key);
        const before = map.get(key);
        map.set(key, item);
        onChange(before, item);
        done(null);
      },
      del: (key, done) => {
        this.#remember(map, key);
        const before = map.get(key);
        map.delete(key);
        onChange(before, undefined);
        done(null);
      },
      lock: (_key, work) => work((done) => done),
      createValueStream: (range) => valueStream(map.values(range)),
    };
  }

  #remember(map: SortedMap<Item>, key: string): void {
    const before = map.get(key);
    this.#journal?.push(() => (before ? map.set(key, before) : map.delete(key)));
  }
}

/** Emits `data` per value and `end`, a tick later, until destroyed: as much of a stream as dynalite uses (it listens twice to what is no `Stream`). */
function valueStream(values: readonly Item[]): Stream {
  let isDestroyed = false;
  const stream = Object.assign(new Stream(), {
    destroy: () => {
      isDestroyed = true;
    },
  });
  queueMicrotask(() => {
    for (const value of values) {
      if (isDestroyed) break;
      stream.emit('data', value);
    }
    stream.emit('end');
  });
  return stream;
}

function tableNotFound(): Error {
  return Object.assign(new Error('Requested resource not found'), {
    name: 'NotFoundError',
    statusCode: 400,
    body: {
      __type: 'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException',
      message: 'Requested resource not found',
    },
  });
}
