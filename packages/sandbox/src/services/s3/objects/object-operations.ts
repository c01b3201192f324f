import type { Caller, ServiceContext, WireResponse } from '../../../core/service.ts';
import { objectArn } from '../buckets/bucket-arn.ts';
import type { Buckets } from '../buckets/buckets.ts';
import { announceDeletion } from '../notifications/announce-deletion.ts';
import { s3Error } from '../wire/s3-error.ts';
import { NO_CONTENT, type S3Operation, xmlResponse } from '../wire/s3-operation.ts';
import { decodePercent, type S3Request } from '../wire/s3-request.ts';
import { xmlDocument } from '../wire/xml.ts';
import { assertReadable, assertWritable } from './conditions.ts';
import { existingObject, onObject, versioned } from './object-access.ts';
import {
  contentOf,
  encryptionHeaders,
  keptHeaders,
  readHeaders,
  taggingHeader,
  versionHeader,
  writeHeaders,
} from './object-headers.ts';
import { parseRange } from './range.ts';
import { etagOf, isDeleteMarker, type StoredObject } from './stored-object.ts';

/** PutObject, GetObject, HeadObject, DeleteObject and CopyObject. */
export function objectOperations(buckets: Buckets, context: ServiceContext): Record<string, S3Operation> {
  const find = (request: S3Request, caller: Caller) =>
    existingObject(context, {
      bucket: buckets.named(request.bucket),
      key: request.key,
      versionId: request.query.get('versionId'),
      caller,
    });
  return {
    PutObject: {
      permissions: (request) => [
        onObject('PutObject', request),
        ...(request.headers['x-amz-tagging'] === undefined ? [] : [onObject('PutObjectTagging', request)]),
      ],
      handle: (request) => putObject(buckets, context, request),
    },
    GetObject: {
      permissions: (request) => [versioned('GetObject', request)],
      handle: (request, caller) => getObject(find(request, caller), request),
    },
    HeadObject: {
      permissions: (request) => [versioned('GetObject', request)],
      handle: (request, caller) => ({ ...getObject(find(request, caller), request), body: '' }),
    },
    DeleteObject: {
      permissions: (request) => [versioned('DeleteObject', request)],
      handle: (request) => deleteObject(buckets, context, request),
    },
    CopyObject: {
      permissions: (request) => {
        const { bucket, key } = copySource(request.headers);
        return [{ action: 's3:GetObject', resource: objectArn(bucket, key) }, onObject('PutObject', request)];
      },
      handle: (request, caller) => copyObject(buckets, context, request, caller),
    },
  };
}

/** Reads `x-amz-copy-source: bucket/key?versionId=id`, with or without a leading slash. */
export function copySource(headers: S3Request['headers']): { bucket: string; key: string; versionId: string | null } {
  const [path = '', query] = (headers['x-amz-copy-source'] ?? '').split('?');
  const decoded = decodePercent(path).replace(/^\//, '');
  const slash = decoded.indexOf('/');
  if (slash < 1) throw s3Error('InvalidArgument', 'Copy Source must mention the source bucket and key', 400);
  return {
    bucket: decoded.slice(0, slash),
    key: decoded.slice(slash + 1),
    versionId: new URLSearchParams(query ?? '').get('versionId'),
  };
}

function putObject(buckets: Buckets, context: ServiceContext, request: S3Request): WireResponse {
  const bucket = buckets.named(request.bucket);
  const { data, checksums } = contentOf(request);
  assertWritable(request.key, bucket.current(request.key), request.headers);
  const stored = bucket.put(request.key, {
    body: data,
    etag: etagOf(data),
    lastModified: context.clock.now(),
    headers: keptHeaders(request.headers, bucket),
    checksums,
    tags: taggingHeader(request.headers),
  });
  buckets.notifier.announce(bucket, { kind: 'created', key: request.key, object: stored, by: 'PutObject' });
  return { status: 200, headers: writeHeaders(stored) };
}

function getObject(object: StoredObject, request: S3Request): WireResponse {
  assertReadable(object, request.headers);
  const headers = readHeaders(object, request);
  const range = parseRange(request.headers.range, object.body.length);
  if (!range) {
    return { status: 200, headers: { ...headers, 'content-length': String(object.body.length) }, body: object.body };
  }
  const body = object.body.subarray(range.from, range.to + 1);
  const contentRange = `bytes ${range.from}-${range.to}/${object.body.length}`;
  return {
    status: 206,
    headers: { ...headers, 'content-length': String(body.length), 'content-range': contentRange },
    body,
  };
}

function deleteObject(buckets: Buckets, context: ServiceContext, request: S3Request): WireResponse {
  const bucket = buckets.named(request.bucket);
  const versionId = request.query.get('versionId');
  const existing = bucket.current(request.key);
  if (request.headers['if-match'] !== undefined) assertWritable(request.key, existing, request.headers);
  if (versionId === null) {
    const marker = bucket.delete(request.key, context.clock.now());
    announceDeletion(buckets, bucket, { key: request.key, marker, existed: existing !== undefined });
    return marker ? { status: 204, headers: { ...versionHeader(marker), 'x-amz-delete-marker': 'true' } } : NO_CONTENT;
  }
  const deleted = bucket.deleteVersion(request.key, versionId);
  announceDeletion(buckets, bucket, { key: request.key, versionId, existed: deleted !== undefined });
  const marker: Record<string, string> = deleted && isDeleteMarker(deleted) ? { 'x-amz-delete-marker': 'true' } : {};
  return { status: 204, headers: { 'x-amz-version-id': versionId, ...marker } };
}

function copyObject(buckets: Buckets, context: ServiceContext, request: S3Request, caller: Caller): WireResponse {
  const source = copySource(request.headers);
  const found = existingObject(context, { ...source, bucket: buckets.named(source.bucket), caller });
  const bucket = buckets.named(request.bucket);
  assertReadable(found, request.headers, 'x-amz-copy-source-');
  assertWritable(request.key, bucket.current(request.key), request.headers);
  const replaces = request.headers['x-amz-metadata-directive'] === 'REPLACE';
  const isItself = source.bucket === request.bucket && source.key === request.key && source.versionId === null;
  if (isItself && !replaces && request.headers['x-amz-storage-class'] === undefined) {
    throw s3Error(
      'InvalidRequest',
      'This copy request is illegal because it is trying to copy an object to itself without changing the object\u2019s metadata, storage class, website redirect location or encryption attributes.',
      400,
    );
  }
  const asked = keptHeaders(request.headers, bucket);
  const { 'x-amz-storage-class': _class, ...inherited } = found.headers;
  const storageClass = request.headers['x-amz-storage-class'];
  const stored = bucket.put(request.key, {
    body: found.body,
    etag: etagOf(found.body),
    lastModified: context.clock.now(),
    headers: replaces
      ? asked
      : {
          ...inherited,
          ...encryptionHeaders(asked),
          ...(storageClass === undefined ? {} : { 'x-amz-storage-class': storageClass }),
        },
    checksums: found.checksums,
    tags: request.headers['x-amz-tagging-directive'] === 'REPLACE' ? taggingHeader(request.headers) : found.tags,
  });
  buckets.notifier.announce(bucket, { kind: 'created', key: request.key, object: stored, by: 'CopyObject' });
  const body = xmlDocument('CopyObjectResult', {
    LastModified: new Date(stored.lastModified).toISOString(),
    ETag: stored.etag,
  });
  return { ...xmlResponse(body), headers: { ...xmlResponse(body).headers, ...versionHeader(stored) } };
}
