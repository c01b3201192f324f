import { randomBytes } from 'node:crypto';
import { NO_NOTIFICATIONS, type NotificationConfiguration } from '../notifications/notification-configuration.ts';
import type { MultipartUpload } from '../objects/multipart-upload.ts';
import { type DeleteMarker, isDeleteMarker, type StoredObject, type Version } from '../objects/stored-object.ts';

export type Versioning = 'Off' | 'Enabled' | 'Suspended';

/** A bucket: the versions of its objects, its unfinished uploads and its settings. */
export class Bucket {
  readonly name: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly uploads = new Map<string, MultipartUpload>();
  /** Settings by sub-resource, as the XML document that a GET answers with: `lifecycle`, `encryption`. */
  readonly settings = new Map<string, string>();
  versioning: Versioning = 'Off';
  notifications: NotificationConfiguration = NO_NOTIFICATIONS;
  /** Versions of each key, oldest first. */
  readonly #versions = new Map<string, Version[]>();
  #sortedKeys: readonly string[] | undefined;

  constructor(name: string, createdAt: number) {
    this.name = name;
    this.createdAt = createdAt;
  }

  get isEmpty(): boolean {
    return this.#versions.size === 0;
  }

  /** Keys in the order of their UTF-8 bytes, deleted ones with remaining versions included. */
  keys(): readonly string[] {
    this.#sortedKeys ??= [...this.#versions.keys()].sort((left, right) =>
      Buffer.compare(Buffer.from(left), Buffer.from(right)),
    );
    return this.#sortedKeys;
  }

  /** The object under a key, unless there is none or it was deleted. */
  current(key: string): StoredObject | undefined {
    const newest = this.#versions.get(key)?.at(-1);
    return newest && !isDeleteMarker(newest) ? newest : undefined;
  }

  /** Newest first. */
  versions(key: string): readonly Version[] {
    return (this.#versions.get(key) ?? []).toReversed();
  }

  put(key: string, object: Omit<StoredObject, 'versionId'>): StoredObject {
    const stored = { ...object, versionId: this.#nextVersionId() };
    this.#push(key, stored);
    return stored;
  }

  /** Replaces one version in place: new tags. */
  replace(key: string, object: StoredObject): void {
    const versions = this.#versions.get(key) ?? [];
    this.#versions.set(
      key,
      versions.map((version) => (version.versionId === object.versionId ? object : version)),
    );
  }

  /** Deletes an object, or puts a delete marker on it where the bucket keeps versions. */
  delete(key: string, now: number): DeleteMarker | undefined {
    if (this.versioning === 'Off') {
      this.#forget(key);
      return undefined;
    }
    const marker: DeleteMarker = { versionId: this.#nextVersionId(), lastModified: now, isDeleteMarker: true };
    this.#push(key, marker);
    return marker;
  }

  deleteVersion(key: string, versionId: string): Version | undefined {
    const versions = this.#versions.get(key) ?? [];
    const remaining = versions.filter((version) => version.versionId !== versionId);
    if (remaining.length === 0) this.#forget(key);
    else this.#versions.set(key, remaining);
    return versions.find((version) => version.versionId === versionId);
  }

  /** Without versioning there is one version, `null`, that each write replaces. */
  #push(key: string, version: Version): void {
    const kept = (this.#versions.get(key) ?? []).filter((known) => known.versionId !== version.versionId);
    if (!this.#versions.has(key)) this.#sortedKeys = undefined;
    this.#versions.set(key, [...kept, version]);
  }

  #forget(key: string): void {
    if (this.#versions.delete(key)) this.#sortedKeys = undefined;
  }

  #nextVersionId(): string {
    return this.versioning === 'Enabled' ? randomBytes(24).toString('base64url') : 'null';
  }
}
