import type { Bucket } from '../buckets/bucket.ts';
import type { Buckets } from '../buckets/buckets.ts';
import { s3Error } from '../wire/s3-error.ts';
import { type S3Operation, xmlResponse } from '../wire/s3-operation.ts';
import type { S3Request } from '../wire/s3-request.ts';
import { type XmlContent, xmlDocument } from '../wire/xml.ts';
import { onBucket } from './object-access.ts';
import { isDeleteMarker, type StoredObject } from './stored-object.ts';

/** A page lists at most this many keys and common prefixes (API_ListObjectsV2). */
const MAX_KEYS = 1000;

interface Page {
  readonly keys: readonly string[];
  readonly commonPrefixes: readonly string[];
  /** Last key or common prefix of the page, where more follow. */
  readonly next: string | undefined;
}

/** ListObjectsV2, ListObjects and ListObjectVersions. */
export function listingOperations(buckets: Buckets): Record<string, S3Operation> {
  return {
    ListObjectsV2: {
      permissions: (request) => [listPermission('ListBucket', request)],
      handle: (request) => listObjectsV2(buckets.named(request.bucket), request),
    },
    ListObjects: {
      permissions: (request) => [listPermission('ListBucket', request)],
      handle: (request) => listObjects(buckets.named(request.bucket), request),
    },
    ListObjectVersions: {
      permissions: (request) => [listPermission('ListBucketVersions', request)],
      handle: (request) => listVersions(buckets.named(request.bucket), request),
    },
  };
}

/** Listing is judged on the bucket, with the prefix as condition key. */
function listPermission(action: string, request: S3Request) {
  return { ...onBucket(action, request), context: { 's3:prefix': request.query.get('prefix') ?? '' } };
}

function listObjectsV2(bucket: Bucket, request: S3Request) {
  const { query } = request;
  const token = query.get('continuation-token');
  const after = token === null ? (query.get('start-after') ?? '') : Buffer.from(token, 'base64').toString('utf8');
  const listed = pageOf(bucket, query, after);
  const owner = query.get('fetch-owner') === 'true';
  return xmlResponse(
    xmlDocument('ListBucketResult', {
      ...commonMembers(bucket, query, listed),
      KeyCount: listed.keys.length + listed.commonPrefixes.length,
      ContinuationToken: token ?? undefined,
      NextContinuationToken: listed.next === undefined ? undefined : Buffer.from(listed.next).toString('base64'),
      StartAfter: encoded(query, query.get('start-after') ?? undefined),
      Contents: listed.keys.map((key) => contents(bucket, query, key, owner)),
      CommonPrefixes: listed.commonPrefixes.map((prefix) => ({ Prefix: encoded(query, prefix) })),
    }),
  );
}

function listObjects(bucket: Bucket, { query }: S3Request) {
  const listed = pageOf(bucket, query, query.get('marker') ?? '');
  return xmlResponse(
    xmlDocument('ListBucketResult', {
      ...commonMembers(bucket, query, listed),
      Marker: encoded(query, query.get('marker') ?? ''),
      NextMarker: encoded(query, listed.next),
      Contents: listed.keys.map((key) => contents(bucket, query, key, true)),
      CommonPrefixes: listed.commonPrefixes.map((prefix) => ({ Prefix: encoded(query, prefix) })),
    }),
  );
}

/** A page ends between keys: the versions of one key are never parted, so a page may hold more versions than `max-keys`. */
function listVersions(bucket: Bucket, { query }: S3Request) {
  const listed = pageOf(bucket, query, query.get('key-marker') ?? '', () => true);
  const versions = listed.keys.flatMap((key) =>
    bucket.versions(key).map((version, index) => ({ key, version, IsLatest: index === 0 })),
  );
  const described = versions.map(({ key, version, IsLatest }) => ({
    isMarker: isDeleteMarker(version),
    members: {
      Key: encoded(query, key),
      VersionId: version.versionId,
      IsLatest,
      LastModified: new Date(version.lastModified).toISOString(),
      ...(isDeleteMarker(version) ? {} : sizeMembers(version)),
    },
  }));
  return xmlResponse(
    xmlDocument('ListVersionsResult', {
      ...commonMembers(bucket, query, listed),
      KeyMarker: encoded(query, query.get('key-marker') ?? ''),
      NextKeyMarker: encoded(query, listed.next),
      Version: described.filter(({ isMarker }) => !isMarker).map(({ members }) => members),
      DeleteMarker: described.filter(({ isMarker }) => isMarker).map(({ members }) => members),
      CommonPrefixes: listed.commonPrefixes.map((prefix) => ({ Prefix: encoded(query, prefix) })),
    }),
  );
}

function pageOf(
  bucket: Bucket,
  query: URLSearchParams,
  after: string,
  isListed: (key: string) => boolean = (key) => bucket.current(key) !== undefined,
): Page {
  const limit = Math.min(maxKeysOf(query), MAX_KEYS);
  const start = Buffer.from(after);
  const found: Entry[] = [];
  for (const entry of entries(bucket.keys(), query)) {
    const isNew = entry.text !== found.at(-1)?.text && Buffer.compare(Buffer.from(entry.text), start) > 0;
    if (!isNew || !isListed(entry.key)) continue;
    if (found.length >= limit) return page(found, found.at(-1)?.text);
    found.push(entry);
  }
  return page(found, undefined);
}

/** What one key shows in a listing: itself, or the common prefix that it shares with others. */
interface Entry {
  readonly key: string;
  readonly text: string;
  readonly isCommonPrefix: boolean;
}

function* entries(keys: readonly string[], query: URLSearchParams): Generator<Entry> {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  for (const key of keys) {
    if (!key.startsWith(prefix)) continue;
    const cut = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const isCommonPrefix = cut >= 0;
    yield { key, isCommonPrefix, text: isCommonPrefix ? key.slice(0, cut + delimiter.length) : key };
  }
}

function page(found: readonly Entry[], next: string | undefined): Page {
  return {
    keys: found.filter((entry) => !entry.isCommonPrefix).map((entry) => entry.key),
    commonPrefixes: found.filter((entry) => entry.isCommonPrefix).map((entry) => entry.text),
    next,
  };
}

function maxKeysOf(query: URLSearchParams): number {
  const maxKeys = Number(query.get('max-keys') ?? MAX_KEYS);
  if (Number.isInteger(maxKeys) && maxKeys >= 0) return maxKeys;
  throw s3Error('InvalidArgument', 'Provided max-keys not an integer or within integer range', 400);
}

function commonMembers(bucket: Bucket, query: URLSearchParams, listed: Page): XmlContent {
  return {
    Name: bucket.name,
    Prefix: encoded(query, query.get('prefix') ?? ''),
    Delimiter: encoded(query, query.get('delimiter') ?? undefined),
    MaxKeys: Math.min(maxKeysOf(query), MAX_KEYS),
    EncodingType: query.get('encoding-type') ?? undefined,
    IsTruncated: listed.next !== undefined,
  };
}

function contents(bucket: Bucket, query: URLSearchParams, key: string, withOwner: boolean): XmlContent {
  const object = bucket.current(key) as StoredObject;
  return {
    Key: encoded(query, key),
    LastModified: new Date(object.lastModified).toISOString(),
    ...sizeMembers(object),
    ...(withOwner ? { Owner: { ID: OWNER_ID } } : {}),
  };
}

/** The canonical user of the sandbox's account. */
export const OWNER_ID = '75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a';

function sizeMembers(object: StoredObject): XmlContent {
  return {
    ETag: object.etag,
    Size: object.body.length,
    StorageClass: object.headers['x-amz-storage-class'] ?? 'STANDARD',
  };
}

/** With `encoding-type=url` keys come percent-encoded, their slashes kept. */
function encoded(query: URLSearchParams, text: string | undefined): string | undefined {
  if (text === undefined || query.get('encoding-type') !== 'url') return text;
  return encodeURIComponent(text).replaceAll('%2F', '/');
}
