import type { StoredObject } from './stored-object.ts';

export interface UploadedPart {
  readonly body: Buffer;
  readonly etag: string;
  readonly lastModified: number;
}

/** An upload that was created and neither completed nor aborted. */
export interface MultipartUpload {
  readonly uploadId: string;
  readonly key: string;
  /** Epoch milliseconds. */
  readonly initiatedAt: number;
  readonly headers: StoredObject['headers'];
  readonly tags: StoredObject['tags'];
  readonly parts: Map<number, UploadedPart>;
}
