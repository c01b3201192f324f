import type { Caller, ServiceContext } from '../../../core/service.ts';
import type { Buckets } from '../buckets/buckets.ts';
import { listOf, parseXml } from '../wire/parse-xml.ts';
import { type S3Operation, xmlResponse } from '../wire/s3-operation.ts';
import type { S3Request } from '../wire/s3-request.ts';
import { type XmlContent, xmlDocument } from '../wire/xml.ts';
import { existingObject, versioned } from './object-access.ts';
import { versionHeader } from './object-headers.ts';

/** GetObjectTagging, PutObjectTagging and DeleteObjectTagging. */
export function objectTagging(buckets: Buckets, context: ServiceContext): Record<string, S3Operation> {
  const find = (request: S3Request, caller: Caller) => {
    const bucket = buckets.named(request.bucket);
    const object = existingObject(context, {
      bucket,
      key: request.key,
      versionId: request.query.get('versionId'),
      caller,
    });
    return { bucket, object };
  };
  const setTags = (request: S3Request, caller: Caller, tags: ReadonlyMap<string, string>) => {
    const { bucket, object } = find(request, caller);
    const tagged = { ...object, tags };
    bucket.replace(request.key, tagged);
    buckets.notifier.announce(bucket, { kind: 'tagged', key: request.key, object: tagged, isRemoval: tags.size === 0 });
    return versionHeader(object);
  };
  return {
    GetObjectTagging: {
      permissions: (request) => [versioned('GetObjectTagging', request)],
      handle: (request, caller) => {
        const { tags } = find(request, caller).object;
        const Tag = [...tags].map(([Key, Value]) => ({ Key, Value }));
        return xmlResponse(xmlDocument('Tagging', { TagSet: { Tag } }));
      },
    },
    PutObjectTagging: {
      permissions: (request) => [versioned('PutObjectTagging', request)],
      handle: (request, caller) => {
        const tagSet = (parseXml(request.body, 'Tagging').TagSet ?? {}) as XmlContent;
        const tags = new Map(listOf(tagSet, 'Tag').map((tag) => [String(tag.Key), String(tag.Value)]));
        return { status: 200, headers: setTags(request, caller, tags) };
      },
    },
    DeleteObjectTagging: {
      permissions: (request) => [versioned('DeleteObjectTagging', request)],
      handle: (request, caller) => ({ status: 204, headers: setTags(request, caller, new Map()) }),
    },
  };
}
