import type { AwsService, Emulated, ServiceContext } from '../../core/service.ts';
import { bucketOperations } from './buckets/bucket-operations.ts';
import { bucketPolicyResource, bucketResource } from './buckets/bucket-resource.ts';
import { settingOperations } from './buckets/bucket-settings.ts';
import { Buckets } from './buckets/buckets.ts';
import { notificationOperations } from './notifications/notification-operations.ts';
import { multipartOperations } from './objects/multipart-operations.ts';
import { keptHeaders, refuseUnknownHeaders } from './objects/object-headers.ts';
import { listingOperations } from './objects/object-listing.ts';
import { objectOperations } from './objects/object-operations.ts';
import { objectTagging } from './objects/object-tagging.ts';
import { readAs } from './objects/read-as.ts';
import { etagOf } from './objects/stored-object.ts';
import { operationOf } from './routes.ts';
import type { S3Peer } from './s3-peer.ts';
import { noSuchKey, renderS3Error } from './wire/s3-error.ts';
import type { S3Operation } from './wire/s3-operation.ts';
import { parseS3Request } from './wire/s3-request.ts';

/** Amazon S3 in memory, on the injected clock. What is not emulated is refused by name before anything is touched. */
export function createS3(context: ServiceContext): Emulated<S3Peer> {
  const buckets = new Buckets(context);
  const operations: Readonly<Record<string, S3Operation>> = {
    ...bucketOperations(buckets, context),
    ...settingOperations(buckets),
    ...listingOperations(buckets),
    ...objectOperations(buckets, context),
    ...objectTagging(buckets, context),
    ...multipartOperations(buckets, context),
    ...notificationOperations(buckets, buckets.notifier),
  };
  const service: AwsService = {
    signingName: 's3',
    resources: {
      'AWS::S3::Bucket': bucketResource(buckets, context),
      'AWS::S3::BucketPolicy': bucketPolicyResource(buckets),
    },
    describe(wire) {
      const request = parseS3Request(wire);
      const operation = operationOf(request);
      refuseUnknownHeaders(request.headers, context.accountId);
      const permissions = (operations[operation] as S3Operation).permissions(request);
      return { service: 's3', operation, permissions };
    },
    async handle(call, wire, caller) {
      return (operations[call.operation] as S3Operation).handle(parseS3Request(wire), caller);
    },
    renderError: renderS3Error,
  };
  return { service, peer: s3Peer(buckets, context) };
}

function s3Peer(buckets: Buckets, context: ServiceContext): S3Peer {
  return {
    async put(bucket, key, body, contentType = 'application/octet-stream') {
      const found = buckets.named(bucket);
      const object = found.put(key, {
        body,
        etag: etagOf(body),
        lastModified: context.clock.now(),
        headers: keptHeaders({ 'content-type': contentType }, found),
        checksums: {},
        tags: new Map(),
      });
      buckets.notifier.announce(found, { kind: 'created', key, object, by: 'PutObject' });
    },
    readAs: (reader, bucket, key) => readAs(buckets, reader, bucket, key),
    async get(bucket, key) {
      const object = buckets.named(bucket).current(key);
      if (!object) throw noSuchKey(key);
      return object.body;
    },
    async list(bucket, prefix = '') {
      const found = buckets.named(bucket);
      return found.keys().flatMap((key) => {
        const object = key.startsWith(prefix) ? found.current(key) : undefined;
        return object ? [{ key, size: object.body.length }] : [];
      });
    },
  };
}
