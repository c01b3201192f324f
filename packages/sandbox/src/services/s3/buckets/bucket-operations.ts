import type { ServiceContext, WireResponse } from '../../../core/service.ts';
import { announceDeletion } from '../notifications/announce-deletion.ts';
import { onBucket } from '../objects/object-access.ts';
import { OWNER_ID } from '../objects/object-listing.ts';
import { listOf, parseXml } from '../wire/parse-xml.ts';
import { s3Error } from '../wire/s3-error.ts';
import { NO_CONTENT, type S3Operation, xmlResponse } from '../wire/s3-operation.ts';
import type { S3Request } from '../wire/s3-request.ts';
import { xmlDocument } from '../wire/xml.ts';
import type { Bucket } from './bucket.ts';
import { objectArn } from './bucket-arn.ts';
import type { Buckets } from './buckets.ts';

/** DeleteObjects takes at most this many keys (API_DeleteObjects). */
const MAX_DELETES = 1000;

/** The bucket itself: create, head, delete, list, location, versioning; and DeleteObjects. */
export function bucketOperations(buckets: Buckets, context: ServiceContext): Record<string, S3Operation> {
  return {
    ListBuckets: {
      permissions: () => [{ action: 's3:ListAllMyBuckets', resource: '*' }],
      handle: () => listBuckets(buckets),
    },
    CreateBucket: {
      permissions: (request) => [onBucket('CreateBucket', request)],
      handle: (request) => {
        buckets.create(request.bucket);
        return { status: 200, headers: { location: `/${request.bucket}` } };
      },
    },
    HeadBucket: {
      permissions: (request) => [onBucket('ListBucket', request)],
      handle: (request) => {
        buckets.named(request.bucket);
        return { status: 200, headers: { 'x-amz-bucket-region': context.region } };
      },
    },
    DeleteBucket: {
      permissions: (request) => [onBucket('DeleteBucket', request)],
      handle: (request) => {
        buckets.delete(request.bucket);
        return NO_CONTENT;
      },
    },
    GetBucketLocation: {
      permissions: (request) => [onBucket('GetBucketLocation', request)],
      handle: (request) => {
        buckets.named(request.bucket);
        return xmlResponse(locationDocument(context.region));
      },
    },
    GetBucketVersioning: {
      permissions: (request) => [onBucket('GetBucketVersioning', request)],
      handle: (request) => {
        const { versioning } = buckets.named(request.bucket);
        const Status = versioning === 'Off' ? undefined : versioning;
        return xmlResponse(xmlDocument('VersioningConfiguration', { Status }));
      },
    },
    PutBucketVersioning: {
      permissions: (request) => [onBucket('PutBucketVersioning', request)],
      handle: (request) => {
        setVersioning(buckets.named(request.bucket), parseXml(request.body, 'VersioningConfiguration').Status);
        return { status: 200 };
      },
    },
    DeleteObjects: {
      permissions: (request) =>
        deletionsOf(request).map(({ key, versionId }) => ({
          action: versionId === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion',
          resource: objectArn(request.bucket, key),
        })),
      handle: (request) => deleteObjects(buckets, context, request),
    },
  };
}

/** Versioning can be suspended, never taken back. */
export function setVersioning(bucket: Bucket, status: unknown): void {
  if (status !== 'Enabled' && status !== 'Suspended') {
    throw s3Error('IllegalVersioningConfigurationException', 'The versioning configuration specified is invalid.', 400);
  }
  bucket.versioning = status;
}

function listBuckets(buckets: Buckets): WireResponse {
  const Bucket = buckets
    .all()
    .map(({ name, createdAt }) => ({ Name: name, CreationDate: new Date(createdAt).toISOString() }));
  return xmlResponse(xmlDocument('ListAllMyBucketsResult', { Owner: { ID: OWNER_ID }, Buckets: { Bucket } }));
}

/** The location of us-east-1 is empty. */
function locationDocument(region: string): string {
  const location = region === 'us-east-1' ? '' : region;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${location}</LocationConstraint>`;
}

function deletionsOf(request: S3Request): readonly { key: string; versionId: string | undefined }[] {
  const objects = listOf(parseXml(request.body, 'Delete'), 'Object');
  if (objects.length < 1 || objects.length > MAX_DELETES) {
    throw s3Error(
      'MalformedXML',
      'The XML you provided was not well-formed or did not validate against our published schema',
      400,
    );
  }
  return objects.map((object) => ({
    key: String(object.Key),
    versionId: object.VersionId === undefined ? undefined : String(object.VersionId),
  }));
}

function deleteObjects(buckets: Buckets, context: ServiceContext, request: S3Request): WireResponse {
  const bucket = buckets.named(request.bucket);
  const isQuiet = String(parseXml(request.body, 'Delete').Quiet) === 'true';
  const deleted = deletionsOf(request).map(({ key, versionId }) => {
    const before = bucket.current(key);
    const version = versionId === undefined ? undefined : bucket.deleteVersion(key, versionId);
    const marker = versionId === undefined ? bucket.delete(key, context.clock.now()) : undefined;
    const existed = (versionId === undefined ? before : version) !== undefined;
    announceDeletion(buckets, bucket, { key, versionId, marker, existed });
    return {
      Key: key,
      VersionId: versionId,
      ...(marker ? { DeleteMarker: true, DeleteMarkerVersionId: marker.versionId } : {}),
    };
  });
  return xmlResponse(xmlDocument('DeleteResult', { Deleted: isQuiet ? [] : deleted }));
}
