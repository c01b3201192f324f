import type { Readable } from 'node:stream';
import type { ImportReport } from './domain/migration/reports.ts';
import type { StoredItinerary } from './ports.ts';

/** Objects of the migration's bucket. Every write is whole or not at all. */
export interface MigrationFiles {
  readJson(key: string): Promise<unknown>;
  writeJson(key: string, value: unknown): Promise<void>;
  /** Writes where nothing is yet; false where something was. */
  writeJsonOnce(key: string, value: unknown): Promise<boolean>;
  get(key: string): Promise<Buffer>;
  /** Bytes of an object, from a place on. */
  range(key: string, from: number, length: number): Promise<Buffer>;
  put(key: string, body: Uint8Array): Promise<void>;
  list(prefix: string): Promise<readonly { readonly key: string; readonly etag: string; readonly bytes: number }[]>;
  /** A source as it was when it was planned. */
  open(key: string, etag: string): Promise<OpenedSource>;
}

export type OpenedSource =
  | { readonly kind: 'opened'; readonly body: Readable }
  | { readonly kind: 'unreadable'; readonly code: 'SOURCE_CHANGED' | 'SOURCE_GONE' };

/** Begins ImportTable once, however often it is asked, and says how far it is. */
export interface TableImport {
  begin(order: { readonly table: string; readonly prefix: string; readonly token: string }): Promise<string>;
  read(importArn: string): Promise<ImportReport>;
}

/** Pages of the live table, by segment of a parallel scan. */
export type LivePages = (
  segment: number,
  segments: number,
  start: string | undefined,
) => Promise<{ readonly items: readonly StoredItinerary[]; readonly next?: string | undefined }>;

/** Writes to the new table what was merged, on the condition that it is as it was read. */
export interface MergedStore {
  get(confirmation: string): Promise<StoredItinerary | undefined>;
  replace(next: StoredItinerary, before: StoredItinerary | undefined): Promise<'stored' | 'conflict'>;
}

/** Authenticated encryption of a section with the key of its migration. */
export interface SectionCipher {
  seal(bytes: Uint8Array, place: string): Buffer;
  /** Throws where the bytes were tampered with or are of another place. */
  open(sealed: Uint8Array, place: string): Buffer;
}
