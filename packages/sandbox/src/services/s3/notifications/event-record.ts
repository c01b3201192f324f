import type { ServiceContext } from '../../../core/service.ts';
import { bucketArn } from '../buckets/bucket-arn.ts';
import { OWNER_ID } from '../objects/object-listing.ts';
import { eventNameOf, type ObjectChange } from './object-change.ts';

/** One change with what is the same for everybody who hears of it. */
export interface ChangeNotice {
  readonly bucket: string;
  readonly change: ObjectChange;
  readonly requestId: string;
  /** Grows with every change of the bucket. */
  readonly sequencer: string;
}

/** One element of `Records`. Source: S3 User Guide, "Event message structure". */
export function eventRecord(context: ServiceContext, notice: ChangeNotice, configurationId: string) {
  const { bucket, change, requestId, sequencer } = notice;
  return {
    eventVersion: change.kind === 'tagged' ? '2.3' : '2.1',
    eventSource: 'aws:s3',
    awsRegion: context.region,
    eventTime: new Date(context.clock.now()).toISOString(),
    eventName: eventNameOf(change),
    userIdentity: { principalId: `AWS:${context.accountId}` },
    requestParameters: { sourceIPAddress: '127.0.0.1' },
    responseElements: { 'x-amz-request-id': requestId, 'x-amz-id-2': requestId },
    s3: {
      s3SchemaVersion: '1.0',
      configurationId,
      bucket: { name: bucket, ownerIdentity: { principalId: OWNER_ID }, arn: bucketArn(bucket) },
      object: {
        key: encodeURIComponent(change.key).replaceAll('%20', '+').replaceAll('%2F', '/'),
        ...(change.kind === 'created' ? { size: change.object.body.length } : {}),
        ...(change.kind === 'deleted' ? {} : { eTag: change.object.etag.replaceAll('"', '') }),
        ...versionOf(change, 'versionId'),
        sequencer,
      },
    },
  };
}

/** What EventBridge is told. Source: S3 User Guide, "EventBridge event structure". */
export function bridgeEvent(context: ServiceContext, { bucket, change, requestId, sequencer }: ChangeNotice) {
  const shared = {
    version: '0',
    bucket: { name: bucket },
    object: {
      key: change.key,
      ...(change.kind === 'created' ? { size: change.object.body.length } : {}),
      ...(change.kind === 'deleted' ? {} : { etag: change.object.etag.replaceAll('"', '') }),
      ...versionOf(change, 'version-id'),
      ...(change.kind === 'tagged' ? {} : { sequencer }),
    },
    'request-id': requestId,
    requester: context.accountId,
    'source-ip-address': '127.0.0.1',
  };
  return { source: 'aws.s3', resources: [bucketArn(bucket)], ...typed(change, shared) };
}

function typed(change: ObjectChange, shared: object): { detailType: string; detail: object } {
  switch (change.kind) {
    case 'created':
      return { detailType: 'Object Created', detail: { ...shared, reason: change.by } };
    case 'deleted': {
      const deletion = change.isMarker ? 'Delete Marker Created' : 'Permanently Deleted';
      return {
        detailType: 'Object Deleted',
        detail: { ...shared, reason: 'DeleteObject', 'deletion-type': deletion },
      };
    }
    case 'tagged':
      return { detailType: change.isRemoval ? 'Object Tags Deleted' : 'Object Tags Added', detail: shared };
  }
}

/** The version, where the bucket keeps versions. */
function versionOf<N extends string>(change: ObjectChange, name: N): Partial<Record<N, string>> {
  const versionId = change.kind === 'deleted' ? change.versionId : change.object.versionId;
  return versionId === undefined || versionId === 'null' ? {} : ({ [name]: versionId } as Record<N, string>);
}
