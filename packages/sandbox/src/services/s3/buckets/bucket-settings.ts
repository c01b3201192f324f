import type { RequiredPermission } from '../../../core/service.ts';
import { onBucket } from '../objects/object-access.ts';
import { parseXml } from '../wire/parse-xml.ts';
import { s3Error } from '../wire/s3-error.ts';
import { NO_CONTENT, type S3Operation, xmlResponse } from '../wire/s3-operation.ts';
import type { S3Request } from '../wire/s3-request.ts';
import type { Buckets } from './buckets.ts';

interface Setting {
  /** What follows the verb in the name of its operations: `GetBucketEncryption`. */
  readonly apiName: string;
  /** Root of its document; the bucket policy is JSON and has none. */
  readonly root?: string;
  /** IAM's name of it: `s3:Get<name>`, `s3:Put<name>`. Deleting needs the permission to put, but for the policy. */
  readonly iamName: string;
  readonly missing: { readonly code: string; readonly message: string };
}

/**
 * Settings that are kept and given back as written. Of them encryption gives new objects their headers; lifecycle, tiering, public access
 * and ownership change nothing here, and the policy is not judged: callers are, by their roles.
 */
const SETTINGS: Readonly<Record<string, Setting>> = {
  lifecycle: {
    apiName: 'BucketLifecycleConfiguration',
    root: 'LifecycleConfiguration',
    iamName: 'LifecycleConfiguration',
    missing: { code: 'NoSuchLifecycleConfiguration', message: 'The lifecycle configuration does not exist' },
  },
  encryption: {
    apiName: 'BucketEncryption',
    root: 'ServerSideEncryptionConfiguration',
    iamName: 'EncryptionConfiguration',
    missing: {
      code: 'ServerSideEncryptionConfigurationNotFoundError',
      message: 'The server side encryption configuration was not found',
    },
  },
  publicAccessBlock: {
    apiName: 'PublicAccessBlock',
    root: 'PublicAccessBlockConfiguration',
    iamName: 'BucketPublicAccessBlock',
    missing: {
      code: 'NoSuchPublicAccessBlockConfiguration',
      message: 'The public access block configuration was not found',
    },
  },
  policy: {
    apiName: 'BucketPolicy',
    iamName: 'BucketPolicy',
    missing: { code: 'NoSuchBucketPolicy', message: 'The bucket policy does not exist' },
  },
  ownershipControls: {
    apiName: 'BucketOwnershipControls',
    root: 'OwnershipControls',
    iamName: 'BucketOwnershipControls',
    missing: { code: 'OwnershipControlsNotFoundError', message: 'The bucket ownership controls were not found' },
  },
  tagging: {
    apiName: 'BucketTagging',
    root: 'Tagging',
    iamName: 'BucketTagging',
    missing: { code: 'NoSuchTagSet', message: 'The TagSet does not exist' },
  },
  'intelligent-tiering': {
    apiName: 'BucketIntelligentTieringConfiguration',
    root: 'IntelligentTieringConfiguration',
    iamName: 'IntelligentTieringConfiguration',
    missing: { code: 'NoSuchConfiguration', message: 'The specified configuration does not exist.' },
  },
};

/** Get, Put and Delete of each setting. */
export function settingOperations(buckets: Buckets): Record<string, S3Operation> {
  const operations = Object.entries(SETTINGS).flatMap(([name, setting]): [string, S3Operation][] => [
    [
      operationName('Get', setting),
      { permissions: permission('Get', setting), handle: (request) => getSetting(buckets, name, setting, request) },
    ],
    [
      operationName('Put', setting),
      {
        permissions: permission('Put', setting),
        handle: (request) => {
          if (setting.root) parseXml(request.body, setting.root);
          buckets.named(request.bucket).settings.set(settingKey(name, request), request.body.toString('utf8'));
          return setting.root ? { status: 200 } : NO_CONTENT;
        },
      },
    ],
    [
      operationName('Delete', setting),
      {
        permissions: permission(name === 'policy' ? 'Delete' : 'Put', setting),
        handle: (request) => {
          buckets.named(request.bucket).settings.delete(settingKey(name, request));
          return NO_CONTENT;
        },
      },
    ],
  ]);
  return Object.fromEntries(operations);
}

/** How the operations on settings are recognised: by a query parameter each. */
export function settingRoutes(verb: 'Get' | 'Put' | 'Delete'): { name: string; required: string[] }[] {
  return Object.entries(SETTINGS).map(([parameter, setting]) => ({
    name: operationName(verb, setting),
    required: parameter === 'intelligent-tiering' ? [parameter, 'id'] : [parameter],
  }));
}

/** The API has one exception: DeleteBucketLifecycle. */
function operationName(verb: string, { apiName }: Setting): string {
  return `${verb}${verb === 'Delete' ? apiName.replace('LifecycleConfiguration', 'Lifecycle') : apiName}`;
}

function getSetting(buckets: Buckets, name: string, setting: Setting, request: S3Request) {
  const document = buckets.named(request.bucket).settings.get(settingKey(name, request));
  if (document === undefined) {
    throw s3Error(setting.missing.code, setting.missing.message, 404, { BucketName: request.bucket });
  }
  if (setting.root) return xmlResponse(document);
  return { status: 200, headers: { 'content-type': 'application/json' }, body: document };
}

/** A bucket has many tiering configurations, told apart by their id. */
function settingKey(name: string, { query }: S3Request): string {
  return name === 'intelligent-tiering' ? `${name}/${query.get('id')}` : name;
}

function permission(verb: string, { iamName }: Setting): (request: S3Request) => RequiredPermission[] {
  return (request) => [onBucket(`${verb}${iamName}`, request)];
}
