import type { DecimalSums } from './decimal-sums.ts';
import type { RejectionCode } from './rejection.ts';

/** A source file as the plan has it. */
export interface SourceFile {
  /** Its place in the plan, from 0: what reports name it by. */
  readonly index: number;
  readonly key: string;
  /** S3's entity tag when the plan was made: a file that changed since is not read. */
  readonly etag: string;
  readonly bytes: number;
}

/** What became of the rows of one file: each is accepted or rejected. */
export interface FileReport {
  readonly file: SourceFile;
  /** Of its bytes, as they lie in S3. */
  readonly sha256: string;
  /** Lines but the header and blank ones. */
  readonly rows: number;
  readonly accepted: number;
  readonly rejected: Readonly<Partial<Record<RejectionCode, number>>>;
  /** Total amounts of accepted rows by currency. */
  readonly amounts: DecimalSums;
  /** Why nothing of it was taken. */
  readonly unreadable?: UnreadableCode;
}

export type UnreadableCode = 'NOT_GZIP' | 'WRONG_HEADER' | 'SOURCE_CHANGED' | 'SOURCE_GONE';

/** What became of accepted rows: each is the newest of its reservation, an older version of it, or the same row again. */
export interface RowFates {
  readonly loaded: number;
  readonly superseded: number;
  readonly duplicates: number;
}

/** What became of the rows of one shard. */
export interface ShardReport {
  readonly shard: number;
  readonly fates: RowFates;
  /** By index of the file that the row is from. */
  readonly byFile: Readonly<Record<string, RowFates>>;
  /** Of all its rows, and of those that are loaded. */
  readonly amounts: { readonly all: DecimalSums; readonly loaded: DecimalSums };
  /** SHA-256 of confirmations and versions in order: the same however often and after whatever crash it was made. */
  readonly contentHash: string;
  /** Uncompressed bytes of its import file: what ImportTable is paid by. */
  readonly itemBytes: number;
}

/** What the relational database holds of a shard after its load. */
export interface LoadReport {
  readonly shard: number;
  readonly sent: number;
  /** Counted in the database afterwards. */
  readonly present: number;
}

/** What became of itineraries that the live table had of a segment. */
export interface MergeReport {
  readonly segment: number;
  readonly seen: number;
  /** Written by the last attempt: one that was begun again finds those of the first in place. */
  readonly written: number;
}

/** ImportTable's own count. */
export interface ImportReport {
  readonly importArn: string;
  readonly table: string;
  readonly status: string;
  readonly processed: number;
  readonly imported: number;
  readonly errors: number;
}

export const NO_FATES: RowFates = { loaded: 0, superseded: 0, duplicates: 0 };

export const addFates = (one: RowFates, other: RowFates): RowFates => ({
  loaded: one.loaded + other.loaded,
  superseded: one.superseded + other.superseded,
  duplicates: one.duplicates + other.duplicates,
});
