import { settingRoutes } from './buckets/bucket-settings.ts';
import { notificationRoute } from './notifications/notification-operations.ts';
import { notImplemented } from './wire/s3-error.ts';
import type { S3Request } from './wire/s3-request.ts';

interface Route {
  readonly name: string;
  /** Query parameters that make the operation. */
  readonly required: readonly string[];
  /** Further parameters that it understands; any other is refused, so that no sub-resource is taken for the object itself. */
  readonly allowed?: readonly string[];
}

const LISTING = ['prefix', 'delimiter', 'max-keys', 'encoding-type'];
const VERSION = ['versionId'];
const RESPONSE_HEADERS = [
  'response-cache-control',
  'response-content-disposition',
  'response-content-encoding',
  'response-content-language',
  'response-content-type',
  'response-expires',
];

/** Operations by level and method; those that ask for more parameters stand first. */
const ROUTES: Readonly<Record<string, readonly Route[]>> = {
  'service GET': [{ name: 'ListBuckets', required: [] }],
  'bucket GET': [
    {
      name: 'ListObjectsV2',
      required: ['list-type'],
      allowed: [...LISTING, 'continuation-token', 'start-after', 'fetch-owner'],
    },
    { name: 'ListObjectVersions', required: ['versions'], allowed: [...LISTING, 'key-marker', 'version-id-marker'] },
    { name: 'ListMultipartUploads', required: ['uploads'], allowed: ['prefix', 'encoding-type'] },
    { name: 'GetBucketLocation', required: ['location'] },
    { name: 'GetBucketVersioning', required: ['versioning'] },
    notificationRoute('Get'),
    ...settingRoutes('Get'),
    { name: 'ListObjects', required: [], allowed: [...LISTING, 'marker'] },
  ],
  'bucket PUT': [
    { name: 'PutBucketVersioning', required: ['versioning'] },
    notificationRoute('Put'),
    ...settingRoutes('Put'),
    { name: 'CreateBucket', required: [] },
  ],
  'bucket DELETE': [...settingRoutes('Delete'), { name: 'DeleteBucket', required: [] }],
  'bucket HEAD': [{ name: 'HeadBucket', required: [] }],
  'bucket POST': [{ name: 'DeleteObjects', required: ['delete'] }],
  'object GET': [
    { name: 'ListParts', required: ['uploadId'], allowed: ['max-parts', 'part-number-marker'] },
    { name: 'GetObjectTagging', required: ['tagging'], allowed: VERSION },
    { name: 'GetObject', required: [], allowed: [...VERSION, ...RESPONSE_HEADERS] },
  ],
  'object HEAD': [{ name: 'HeadObject', required: [], allowed: [...VERSION, ...RESPONSE_HEADERS] }],
  'object PUT': [
    { name: 'UploadPart', required: ['partNumber', 'uploadId'] },
    { name: 'PutObjectTagging', required: ['tagging'], allowed: VERSION },
    { name: 'PutObject', required: [] },
  ],
  'object DELETE': [
    { name: 'AbortMultipartUpload', required: ['uploadId'] },
    { name: 'DeleteObjectTagging', required: ['tagging'], allowed: VERSION },
    { name: 'DeleteObject', required: [], allowed: VERSION },
  ],
  'object POST': [
    { name: 'CreateMultipartUpload', required: ['uploads'] },
    { name: 'CompleteMultipartUpload', required: ['uploadId'] },
  ],
};

/** The operation that a request asks for; throws `NotImplemented` that names what the sandbox does not have. */
export function operationOf(request: S3Request): string {
  const { method, bucket, key, query, headers } = request;
  const level = bucket === '' ? 'service' : key === '' ? 'bucket' : 'object';
  const parameters = [...query.keys()].filter((name) => name !== 'x-id' && !/^x-amz-/i.test(name));
  const route = (ROUTES[`${level} ${method}`] ?? []).find(({ required }) =>
    required.every((name) => parameters.includes(name)),
  );
  const unknown = parameters.filter((name) => !route?.required.includes(name) && !route?.allowed?.includes(name));
  if (!route || unknown.length > 0)
    throw notImplemented(`${method} ${level} ${unknown.map((name) => `?${name}`).join('')}`.trim());
  const isCopy = headers['x-amz-copy-source'] !== undefined;
  if (isCopy && route.name === 'PutObject') return 'CopyObject';
  return isCopy && route.name === 'UploadPart' ? 'UploadPartCopy' : route.name;
}
