import { createHash, randomBytes } from 'node:crypto';
import type { Caller, ServiceContext, WireResponse } from '../../../core/service.ts';
import type { Bucket } from '../buckets/bucket.ts';
import { objectArn } from '../buckets/bucket-arn.ts';
import type { Buckets } from '../buckets/buckets.ts';
import { listOf, parseXml } from '../wire/parse-xml.ts';
import { s3Error } from '../wire/s3-error.ts';
import { NO_CONTENT, type S3Operation, xmlResponse } from '../wire/s3-operation.ts';
import type { S3Request } from '../wire/s3-request.ts';
import { xmlDocument } from '../wire/xml.ts';
import { assertReadable, assertWritable } from './conditions.ts';
import type { MultipartUpload, UploadedPart } from './multipart-upload.ts';
import { existingObject, onBucket, onObject } from './object-access.ts';
import { contentOf, encryptionHeaders, keptHeaders, taggingHeader, versionHeader } from './object-headers.ts';
import { OWNER_ID } from './object-listing.ts';
import { copySource } from './object-operations.ts';
import { parseRange } from './range.ts';
import { etagOf } from './stored-object.ts';

/** Every part but the last (https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html). */
const MIN_PART_BYTES = 5 * 1024 * 1024;
const MAX_PARTS = 10_000;

/** The life of a multipart upload: create, upload or copy parts, list, complete, abort. */
export function multipartOperations(buckets: Buckets, context: ServiceContext): Record<string, S3Operation> {
  return {
    CreateMultipartUpload: {
      permissions: (request) => [onObject('PutObject', request)],
      handle: (request) => createUpload(buckets.named(request.bucket), context, request),
    },
    UploadPart: {
      permissions: (request) => [onObject('PutObject', request)],
      handle: (request) => uploadPart(buckets.named(request.bucket), context, request),
    },
    UploadPartCopy: {
      permissions: (request) => {
        const { bucket, key } = copySource(request.headers);
        return [{ action: 's3:GetObject', resource: objectArn(bucket, key) }, onObject('PutObject', request)];
      },
      handle: (request, caller) => copyPart(buckets, context, request, caller),
    },
    CompleteMultipartUpload: {
      permissions: (request) => [onObject('PutObject', request)],
      handle: (request) => completeUpload(buckets, context, request),
    },
    AbortMultipartUpload: {
      permissions: (request) => [onObject('AbortMultipartUpload', request)],
      handle: (request) => {
        const bucket = buckets.named(request.bucket);
        bucket.uploads.delete(existingUpload(bucket, request).uploadId);
        return NO_CONTENT;
      },
    },
    ListParts: {
      permissions: (request) => [onObject('ListMultipartUploadParts', request)],
      handle: (request) => listParts(existingUpload(buckets.named(request.bucket), request), request),
    },
    ListMultipartUploads: {
      permissions: (request) => [onBucket('ListBucketMultipartUploads', request)],
      handle: (request) => listUploads(buckets.named(request.bucket), request),
    },
  };
}

function createUpload(bucket: Bucket, context: ServiceContext, request: S3Request): WireResponse {
  const upload: MultipartUpload = {
    uploadId: randomBytes(48).toString('base64url'),
    key: request.key,
    initiatedAt: context.clock.now(),
    headers: keptHeaders(request.headers, bucket),
    tags: taggingHeader(request.headers),
    parts: new Map(),
  };
  bucket.uploads.set(upload.uploadId, upload);
  const { uploadId: UploadId, key: Key } = upload;
  const response = xmlResponse(xmlDocument('InitiateMultipartUploadResult', { Bucket: bucket.name, Key, UploadId }));
  return { ...response, headers: { ...response.headers, ...encryptionHeaders(upload.headers) } };
}

function uploadPart(bucket: Bucket, context: ServiceContext, request: S3Request): WireResponse {
  const upload = existingUpload(bucket, request);
  const { data, checksums } = contentOf(request);
  const part = storePart(upload, partNumberOf(request), data, context.clock.now());
  return { status: 200, headers: { etag: part.etag, ...checksums, ...encryptionHeaders(upload.headers) } };
}

function copyPart(buckets: Buckets, context: ServiceContext, request: S3Request, caller: Caller): WireResponse {
  const upload = existingUpload(buckets.named(request.bucket), request);
  const source = copySource(request.headers);
  const object = existingObject(context, { ...source, bucket: buckets.named(source.bucket), caller });
  assertReadable(object, request.headers, 'x-amz-copy-source-');
  const range = parseRange(request.headers['x-amz-copy-source-range'], object.body.length);
  const data = range ? object.body.subarray(range.from, range.to + 1) : object.body;
  const part = storePart(upload, partNumberOf(request), data, context.clock.now());
  const LastModified = new Date(part.lastModified).toISOString();
  return xmlResponse(xmlDocument('CopyPartResult', { LastModified, ETag: part.etag }));
}

function storePart(upload: MultipartUpload, partNumber: number, body: Buffer, lastModified: number): UploadedPart {
  const part = { body, etag: etagOf(body), lastModified };
  upload.parts.set(partNumber, part);
  return part;
}

function completeUpload(buckets: Buckets, context: ServiceContext, request: S3Request): WireResponse {
  const bucket = buckets.named(request.bucket);
  const upload = existingUpload(bucket, request);
  const parts = namedParts(upload, request);
  assertWritable(upload.key, bucket.current(upload.key), request.headers);
  const digests = parts.map((part) => createHash('md5').update(part.body).digest());
  const etag = `"${createHash('md5').update(Buffer.concat(digests)).digest('hex')}-${parts.length}"`;
  const stored = bucket.put(upload.key, {
    body: Buffer.concat(parts.map((part) => part.body)),
    etag,
    lastModified: context.clock.now(),
    headers: upload.headers,
    checksums: {},
    tags: upload.tags,
  });
  bucket.uploads.delete(upload.uploadId);
  buckets.notifier.announce(bucket, {
    kind: 'created',
    key: upload.key,
    object: stored,
    by: 'CompleteMultipartUpload',
  });
  const Location = `${context.endpoint()}/${bucket.name}/${upload.key}`;
  const response = xmlResponse(
    xmlDocument('CompleteMultipartUploadResult', { Location, Bucket: bucket.name, Key: upload.key, ETag: etag }),
  );
  return { ...response, headers: { ...response.headers, ...versionHeader(stored) } };
}

/** The parts that the request lists, checked for order, ETag and size. */
function namedParts(upload: MultipartUpload, request: S3Request): readonly UploadedPart[] {
  const listed = listOf(parseXml(request.body, 'CompleteMultipartUpload'), 'Part');
  if (listed.length === 0) throw s3Error('MalformedXML', 'You must specify at least one part', 400);
  const numbers = listed.map((part) => Number(part.PartNumber));
  if (numbers.some((number, index) => index > 0 && number <= Number(numbers[index - 1]))) {
    throw s3Error(
      'InvalidPartOrder',
      'The list of parts was not in ascending order. Parts must be ordered by part number.',
      400,
    );
  }
  return listed.map((part, index) => {
    const found = upload.parts.get(Number(part.PartNumber));
    if (!found || found.etag.replaceAll('"', '') !== String(part.ETag).replaceAll('"', '')) {
      throw s3Error(
        'InvalidPart',
        'One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part\u2019s entity tag.',
        400,
      );
    }
    if (index < listed.length - 1 && found.body.length < MIN_PART_BYTES) {
      throw s3Error('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', 400);
    }
    return found;
  });
}

function listParts(upload: MultipartUpload, { bucket, query }: S3Request): WireResponse {
  const limit = Number(query.get('max-parts') ?? 1000);
  const after = Number(query.get('part-number-marker') ?? 0);
  const parts = [...upload.parts].filter(([number]) => number > after).sort(([left], [right]) => left - right);
  const page = parts.slice(0, limit);
  return xmlResponse(
    xmlDocument('ListPartsResult', {
      Bucket: bucket,
      Key: upload.key,
      UploadId: upload.uploadId,
      MaxParts: limit,
      IsTruncated: parts.length > limit,
      NextPartNumberMarker: page.at(-1)?.[0],
      Part: page.map(([PartNumber, part]) => ({
        PartNumber,
        LastModified: new Date(part.lastModified).toISOString(),
        ETag: part.etag,
        Size: part.body.length,
      })),
    }),
  );
}

function listUploads(bucket: Bucket, { query }: S3Request): WireResponse {
  const prefix = query.get('prefix') ?? '';
  const uploads = [...bucket.uploads.values()].filter((upload) => upload.key.startsWith(prefix));
  return xmlResponse(
    xmlDocument('ListMultipartUploadsResult', {
      Bucket: bucket.name,
      Prefix: prefix,
      IsTruncated: false,
      Upload: uploads.map((upload) => ({
        Key: upload.key,
        UploadId: upload.uploadId,
        Owner: { ID: OWNER_ID },
        Initiated: new Date(upload.initiatedAt).toISOString(),
      })),
    }),
  );
}

function existingUpload(bucket: Bucket, { key, query }: S3Request): MultipartUpload {
  const uploadId = query.get('uploadId') ?? '';
  const upload = bucket.uploads.get(uploadId);
  if (upload?.key === key) return upload;
  throw s3Error(
    'NoSuchUpload',
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
    404,
    { UploadId: uploadId },
  );
}

function partNumberOf({ query }: S3Request): number {
  const number = Number(query.get('partNumber'));
  if (Number.isInteger(number) && number >= 1 && number <= MAX_PARTS) return number;
  throw s3Error('InvalidArgument', `Part number must be an integer between 1 and ${MAX_PARTS}, inclusive`, 400);
}
