import type { Caller, RequiredPermission, ServiceContext } from '../../../core/service.ts';
import type { Bucket } from '../buckets/bucket.ts';
import { bucketArn, objectArn } from '../buckets/bucket-arn.ts';
import { accessDenied, noSuchKey, s3Error } from '../wire/s3-error.ts';
import type { S3Request } from '../wire/s3-request.ts';
import { isDeleteMarker, type StoredObject } from './stored-object.ts';

/** A permission on the object that a request names. */
export function onObject(action: string, { bucket, key }: S3Request): RequiredPermission {
  return { action: `s3:${action}`, resource: objectArn(bucket, key) };
}

export function onBucket(action: string, { bucket }: S3Request): RequiredPermission {
  return { action: `s3:${action}`, resource: bucketArn(bucket) };
}

/** `s3:GetObject`, or `s3:GetObjectVersion` where a version is named. */
export function versioned(action: string, request: S3Request): RequiredPermission {
  const version = request.query.get('versionId');
  if (version === null) return onObject(action, request);
  return onObject(
    action.endsWith('Tagging') ? action.replace('Tagging', 'VersionTagging') : `${action}Version`,
    request,
  );
}

/** Where an object is looked for, and by whom. */
export interface Lookup {
  readonly bucket: Bucket;
  readonly key: string;
  readonly versionId: string | null;
  readonly caller: Caller;
}

/** The object or version, or `NoSuchKey`: which S3 tells only those who may list the bucket; others are denied. */
export function existingObject(context: ServiceContext, { bucket, key, versionId, caller }: Lookup): StoredObject {
  if (versionId === null) {
    const object = bucket.current(key);
    if (object) return object;
    throw mayList(context, bucket, caller) ? noSuchKey(key) : accessDenied();
  }
  const version = bucket.versions(key).find((candidate) => candidate.versionId === versionId);
  if (!version)
    throw s3Error('NoSuchVersion', 'The specified version does not exist.', 404, { Key: key, VersionId: versionId });
  if (isDeleteMarker(version)) {
    throw s3Error('MethodNotAllowed', 'The specified method is not allowed against this resource.', 405);
  }
  return version;
}

function mayList({ peers }: ServiceContext, bucket: Bucket, { roleArn }: Caller): boolean {
  if (roleArn === undefined) return true;
  try {
    peers.iam.assertRoleAllows(roleArn, 's3:ListBucket', bucketArn(bucket.name));
    return true;
  } catch {
    return false;
  }
}
