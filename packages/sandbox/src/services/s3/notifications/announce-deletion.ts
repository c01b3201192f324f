import type { Bucket } from '../buckets/bucket.ts';
import type { Buckets } from '../buckets/buckets.ts';
import type { DeleteMarker } from '../objects/stored-object.ts';

interface Deletion {
  readonly key: string;
  readonly versionId?: string | undefined;
  readonly marker?: DeleteMarker | undefined;
  readonly existed: boolean;
}

/** A delete of nothing is not announced, but for the marker that it leaves in a bucket which keeps versions. */
export function announceDeletion(
  buckets: Buckets,
  bucket: Bucket,
  { key, versionId, marker, existed }: Deletion,
): void {
  if (!marker && !existed) return;
  const version = marker?.versionId ?? versionId;
  const change = { kind: 'deleted' as const, key, isMarker: marker !== undefined };
  buckets.notifier.announce(bucket, version === undefined ? change : { ...change, versionId: version });
}
