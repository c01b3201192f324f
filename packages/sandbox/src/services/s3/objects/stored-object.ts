import { createHash } from 'node:crypto';

/** One version of an object. */
export interface StoredObject {
  readonly versionId: string;
  readonly body: Buffer;
  /** With its quotes. */
  readonly etag: string;
  /** Epoch milliseconds. */
  readonly lastModified: number;
  /** Headers that are given back as they were sent: content type, user metadata, storage class. */
  readonly headers: Readonly<Record<string, string>>;
  /** Verified `x-amz-checksum-*` headers, given back in checksum mode. */
  readonly checksums: Readonly<Record<string, string>>;
  readonly tags: ReadonlyMap<string, string>;
}

/** What stands on top of a deleted object's versions. */
export interface DeleteMarker {
  readonly versionId: string;
  readonly lastModified: number;
  readonly isDeleteMarker: true;
}

export type Version = StoredObject | DeleteMarker;

export function isDeleteMarker(version: Version): version is DeleteMarker {
  return 'isDeleteMarker' in version;
}

/** Hex MD5 in quotes: the ETag of an object that was written in one piece. */
export function etagOf(body: Buffer): string {
  return `"${createHash('md5').update(body).digest('hex')}"`;
}
