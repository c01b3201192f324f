import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Item, Table } from '../table.ts';

/** How long a record can be read (Developer Guide, "Change data capture for DynamoDB Streams"). */
const RETENTION_MS = 24 * 60 * 60 * 1000;

export type StreamViewType = 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES';
export const VIEW_TYPES: readonly StreamViewType[] = ['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES'];

/** One change of one item, as it is kept. */
export interface StreamRecord {
  readonly sequenceNumber: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly eventId: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly keys: Item;
  readonly newImage?: Item;
  readonly oldImage?: Item;
  readonly sizeBytes: number;
  /** Time to live deleted the item, nobody else. */
  readonly isExpiry: boolean;
}

export interface ItemChange {
  readonly before: Item | undefined;
  readonly after: Item | undefined;
  readonly isExpiry: boolean;
}

/** The changes of a table's items for 24 hours, in one shard, in the order in which they were made. */
export class TableStream {
  readonly tableName: string;
  readonly arn: string;
  readonly label: string;
  readonly viewType: StreamViewType;
  readonly keySchema: Table['description']['KeySchema'];
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly shardId: string;
  isEnabled = true;
  readonly #records: StreamRecord[] = [];
  readonly #listeners = new Set<() => void>();
  #count = 0;

  constructor({ description }: Table, viewType: StreamViewType, createdAt: number) {
    this.tableName = description.TableName;
    this.keySchema = description.KeySchema;
    this.label = new Date(createdAt).toISOString().replace('Z', '');
    this.arn = `${description.TableArn}/stream/${this.label}`;
    this.viewType = viewType;
    this.createdAt = createdAt;
    const suffix = createHash('sha256').update(this.arn).digest('hex').slice(0, 8);
    this.shardId = `shardId-${String(createdAt).padStart(20, '0')}-${suffix}`;
  }

  /** The first number that any record of the shard can have. */
  get startingSequenceNumber(): string {
    return sequenceNumber(0);
  }

  get lastSequenceNumber(): string | undefined {
    return this.#count === 0 ? undefined : sequenceNumber(this.#count - 1);
  }

  /** Records a change; a write that changes nothing makes no record. */
  append({ before, after, isExpiry }: ItemChange, now: number): void {
    const item = after ?? before;
    if (!item || isDeepStrictEqual(plain(before), plain(after))) return;
    const keys = Object.fromEntries(this.keySchema.map(({ AttributeName: name }) => [name, item[name]!]));
    const wantsNew = this.viewType === 'NEW_IMAGE' || this.viewType === 'NEW_AND_OLD_IMAGES';
    const wantsOld = this.viewType === 'OLD_IMAGE' || this.viewType === 'NEW_AND_OLD_IMAGES';
    const images = {
      keys: plain(keys) as Item,
      ...(wantsNew && after ? { newImage: plain(after) as Item } : {}),
      ...(wantsOld && before ? { oldImage: plain(before) as Item } : {}),
    };
    const number = sequenceNumber(this.#count++);
    this.#records.push({
      ...images,
      sequenceNumber: number,
      createdAt: now,
      eventId: createHash('md5').update(`${this.arn}/${number}`).digest('hex'),
      eventName: before === undefined ? 'INSERT' : after === undefined ? 'REMOVE' : 'MODIFY',
      sizeBytes: Buffer.byteLength(JSON.stringify(images)),
      isExpiry,
    });
    for (const listener of this.#listeners) listener();
  }

  /** Records after a sequence number (from the oldest where absent), oldest first; what is older than a day is gone. */
  read(after: string | undefined, limit: number, now: number): readonly StreamRecord[] {
    const firstKept = this.#records.findIndex(({ createdAt }) => createdAt > now - RETENTION_MS);
    this.#records.splice(0, firstKept < 0 ? this.#records.length : firstKept);
    const start = after === undefined ? 0 : this.#indexAfter(after);
    return this.#records.slice(start, start + limit);
  }

  onWrite(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #indexAfter(after: string): number {
    const first = this.#records[0];
    return first ? Math.max(0, Number(BigInt(after) - BigInt(first.sequenceNumber)) + 1) : 0;
  }
}

/** 21 digits, growing by one. */
const sequenceNumber = (index: number): string => String(100_000_000_000_000_000_001n + BigInt(index));

/** Without the prototypes of dynalite's parser, and apart from the stored item. */
const plain = (value: unknown): unknown => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));
