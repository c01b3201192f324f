import { ApiError } from '../../core/service.ts';

/** A place in a shard, as an iterator holds it. */
export interface ShardIterator {
  readonly streamArn: string;
  readonly generation: string;
  readonly shardId: string;
  readonly ordinal: number;
  /** Epoch milliseconds. */
  readonly issuedAt: number;
}

/** Iterators live for five minutes (API_GetShardIterator). */
const LIFETIME_MS = 300_000;

export function encodeIterator(iterator: ShardIterator): string {
  return Buffer.from(JSON.stringify(iterator)).toString('base64');
}

/** Reads an iterator; throws `InvalidArgumentException` for text that is none. */
export function decodeIterator(text: unknown): ShardIterator {
  try {
    const iterator = JSON.parse(Buffer.from(String(text), 'base64').toString('utf8')) as ShardIterator;
    if (typeof iterator.streamArn === 'string' && Number.isInteger(iterator.ordinal)) return iterator;
  } catch {
    // Not JSON: refused below like every other text that is no iterator.
  }
  throw new ApiError('InvalidArgumentException', 'Invalid ShardIterator.');
}

/** Throws `ExpiredIteratorException` for an iterator that is too old at `now`. */
export function assertFresh({ issuedAt }: ShardIterator, now: number): void {
  if (now - issuedAt <= LIFETIME_MS) return;
  throw new ApiError(
    'ExpiredIteratorException',
    `Iterator expired. The iterator was created at time ${new Date(issuedAt).toUTCString()} while right now it is ${new Date(now).toUTCString()} which is further in the future than the tolerated delay of ${LIFETIME_MS} milliseconds.`,
  );
}
