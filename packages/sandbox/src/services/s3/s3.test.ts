import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketAclCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketPolicyCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  ListPartsCommand,
  NoSuchKey,
  PutBucketVersioningCommand,
  PutObjectAclCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ApiError } from '../../core/service.ts';
import { VirtualClock } from '../../core/time/virtual-clock.ts';
import { type LoneService, startLoneService } from '../../testing/lone-service.ts';
import { createS3 } from './index.ts';
import type { S3Peer } from './s3-peer.ts';

const clock = new VirtualClock(Date.UTC(2026, 0, 1));
const iam = {
  assertRoleAllows(roleArn: string, action: string) {
    if (roleArn !== 'arn:aws:iam::123456789012:role/lister') throw new ApiError('AccessDeniedException', action, 403);
  },
};
let lone: LoneService<S3Peer>;
let client: S3Client;
let Bucket = '';
let bucketCount = 0;

beforeAll(async () => {
  lone = await startLoneService(createS3, { clock, peers: { iam: iam as never } });
  client = new S3Client(lone.clientConfig);
});
afterAll(async () => {
  client.destroy();
  await lone.stop();
});
beforeEach(async () => {
  bucketCount += 1;
  Bucket = `archive-${bucketCount}`;
  await client.send(new CreateBucketCommand({ Bucket }));
});

describe('objects', () => {
  test('come back with their bytes, type, metadata and time', async () => {
    const Key = 'year=2026/ä b+c%/../x';
    await client.send(
      new PutObjectCommand({
        Bucket,
        Key,
        Body: 'hello',
        ContentType: 'text/plain',
        Metadata: { source: 'test' },
        CacheControl: 'no-store',
      }),
    );

    const object = await client.send(new GetObjectCommand({ Bucket, Key }));
    const head = await client.send(new HeadObjectCommand({ Bucket, Key }));

    expect(await object.Body?.transformToString()).toBe('hello');
    expect(head).toMatchObject({
      ContentLength: 5,
      ContentType: 'text/plain',
      CacheControl: 'no-store',
      Metadata: { source: 'test' },
      ETag: `"${createHash('md5').update('hello').digest('hex')}"`,
      ServerSideEncryption: 'AES256',
    });
    expect(head.LastModified?.getTime()).toBe(clock.now());
  });

  test('a streamed body is taken out of its chunks', async () => {
    const bytes = Buffer.alloc(140_000, 'lamplighter');
    const chunks = [bytes.subarray(0, 70_000), bytes.subarray(70_000)];
    await client.send(
      new PutObjectCommand({ Bucket, Key: 'stream', Body: Readable.from(chunks), ContentLength: bytes.length }),
    );

    const object = await client.send(new GetObjectCommand({ Bucket, Key: 'stream' }));

    expect(Buffer.from((await object.Body?.transformToByteArray()) ?? []).equals(bytes)).toBe(true);
    expect(object.ContentEncoding).toBeUndefined();
  });

  test.each(['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const)('a wrong %s is refused', async (algorithm) => {
    const put = client.send(
      new PutObjectCommand({ Bucket, Key: 'k', Body: 'hello', [`Checksum${algorithm}`]: 'AAAAAA==' }),
    );

    await expect(put).rejects.toMatchObject({ name: 'BadDigest' });
  });

  test.each([
    ['CRC32', 'y/Q5Jg=='],
    ['CRC32C', '4waSgw=='],
    ['CRC64NVME', 'rosUhgp5mIg='],
  ])('the check value of %s is accepted', async (algorithm, value) => {
    const put = client.send(
      new PutObjectCommand({ Bucket, Key: 'k', Body: '123456789', [`Checksum${algorithm}`]: value }),
    );

    await expect(put).resolves.toMatchObject({ [`Checksum${algorithm}`]: value });
  });

  test('a range gives its part', async () => {
    await put('digits', '0123456789');
    const range = async (Range: string) => {
      const object = await client.send(new GetObjectCommand({ Bucket, Key: 'digits', Range }));
      return [await object.Body?.transformToString(), object.ContentRange];
    };

    expect(await range('bytes=2-4')).toEqual(['234', 'bytes 2-4/10']);
    expect(await range('bytes=-3')).toEqual(['789', 'bytes 7-9/10']);
    await expect(range('bytes=10-')).rejects.toMatchObject({ name: 'InvalidRange' });
  });

  test('an absent one is NoSuchKey', async () => {
    await expect(client.send(new GetObjectCommand({ Bucket, Key: 'absent' }))).rejects.toBeInstanceOf(NoSuchKey);
    await expect(client.send(new HeadObjectCommand({ Bucket, Key: 'absent' }))).rejects.toMatchObject({
      name: 'NotFound',
    });
    await expect(client.send(new GetObjectCommand({ Bucket: 'no-such-bucket', Key: 'k' }))).rejects.toMatchObject({
      name: 'NoSuchBucket',
    });
  });

  test('an absent one is denied to a role that may not list', async () => {
    const read = (role: string) => {
      const request = { method: 'GET', url: `/${Bucket}/absent`, headers: {}, body: Buffer.alloc(0) };
      const caller = { accessKeyId: 'k', arn: 'a', roleArn: `arn:aws:iam::123456789012:role/${role}` };
      return lone.service.handle(lone.service.describe(request), request, caller);
    };

    await expect(read('reader')).rejects.toMatchObject({ code: 'AccessDenied', status: 403 });
    await expect(read('lister')).rejects.toMatchObject({ code: 'NoSuchKey', status: 404 });
  });

  test('tags are set, counted and read', async () => {
    await client.send(new PutObjectCommand({ Bucket, Key: 'tagged', Body: 'x', Tagging: 'a=1' }));
    await client.send(
      new PutObjectTaggingCommand({ Bucket, Key: 'tagged', Tagging: { TagSet: [{ Key: 'b & c', Value: '2' }] } }),
    );

    const { TagSet } = await client.send(new GetObjectTaggingCommand({ Bucket, Key: 'tagged' }));
    const object = await client.send(new GetObjectCommand({ Bucket, Key: 'tagged' }));

    expect(TagSet).toEqual([{ Key: 'b & c', Value: '2' }]);
    expect([await object.Body?.transformToString(), object.TagCount]).toEqual(['x', 1]);
  });

  test('copying keeps or replaces the metadata', async () => {
    await client.send(new PutObjectCommand({ Bucket, Key: 'from', Body: 'x', Metadata: { a: '1' } }));
    const copy = (request: object) =>
      client.send(new CopyObjectCommand({ Bucket, CopySource: `${Bucket}/from`, Key: 'to', ...request }));

    await copy({ Key: 'kept' });
    await copy({ Key: 'replaced', MetadataDirective: 'REPLACE', Metadata: { b: '2' } });
    const metadata = async (Key: string) => (await client.send(new HeadObjectCommand({ Bucket, Key }))).Metadata;

    expect([await metadata('kept'), await metadata('replaced')]).toEqual([{ a: '1' }, { b: '2' }]);
    await expect(copy({ Key: 'from' })).rejects.toMatchObject({ name: 'InvalidRequest' });
    await expect(copy({ CopySource: `${Bucket}/absent` })).rejects.toMatchObject({ name: 'NoSuchKey' });
  });
});

describe('conditions', () => {
  test('If-None-Match writes once, If-Match writes over the known version only', async () => {
    const write = (Body: string, condition: object) =>
      client.send(new PutObjectCommand({ Bucket, Key: 'lock', Body, ...condition }));

    const first = await write('one', { IfNoneMatch: '*' });
    await expect(write('two', { IfNoneMatch: '*' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await write('three', { IfMatch: first.ETag });
    const stale = await write('four', { IfMatch: first.ETag }).catch((error: unknown) => error);

    expect(stale).toMatchObject({ name: 'PreconditionFailed', $metadata: { httpStatusCode: 412 } });
    expect(await text('lock')).toBe('three');
  });

  test('an unchanged object is not sent again', async () => {
    const { ETag } = await put('same', 'x');

    const read = client.send(new GetObjectCommand({ Bucket, Key: 'same', IfNoneMatch: ETag }));

    await expect(read).rejects.toMatchObject({ $metadata: { httpStatusCode: 304 } });
  });
});

describe('listing', () => {
  test('pages through keys and common prefixes in byte order', async () => {
    for (const key of ['b/2', 'a', 'b/1', 'c', 'ä', 'b0']) await put(key, key);
    const list = (request: object) => client.send(new ListObjectsV2Command({ Bucket, ...request }));

    const first = await list({ Delimiter: '/', MaxKeys: 2 });
    const second = await list({ Delimiter: '/', ContinuationToken: first.NextContinuationToken });
    const nested = await list({ Prefix: 'b/', StartAfter: 'b/1' });

    expect([first.Contents?.map(({ Key }) => Key), first.CommonPrefixes]).toEqual([['a'], [{ Prefix: 'b/' }]]);
    expect(first).toMatchObject({ IsTruncated: true, KeyCount: 2 });
    expect(second.Contents?.map(({ Key }) => Key)).toEqual(['b0', 'c', 'ä']);
    expect(second.CommonPrefixes).toBeUndefined();
    expect(nested.Contents).toMatchObject([{ Key: 'b/2', Size: 3, StorageClass: 'STANDARD' }]);
  });

  test('DeleteObjects deletes what it names, characters of XML included', async () => {
    const keys = ['a&b', '<c>', 'd\r', ' e '];
    for (const key of keys) await put(key, 'x');
    await put('stays', 'x');

    const { Deleted } = await client.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects: keys.map((Key) => ({ Key })) } }),
    );

    expect(Deleted?.map(({ Key }) => Key)).toEqual(keys);
    expect((await lone.peer.list(Bucket)).map(({ key }) => key)).toEqual(['stays']);
  });
});

test('a multipart upload becomes one object, and refuses parts that do not fit', async () => {
  const upload = { Bucket, Key: 'large' };
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ ...upload, ContentType: 'a/b' }));
  const large = Buffer.alloc(5 * 1024 * 1024, 'a');
  const uploadPart = async (PartNumber: number, Body: Buffer) => {
    const { ETag } = await client.send(new UploadPartCommand({ ...upload, UploadId, PartNumber, Body }));
    return { PartNumber, ETag };
  };
  const complete = (Parts: object[]) =>
    client.send(new CompleteMultipartUploadCommand({ ...upload, UploadId, MultipartUpload: { Parts } }));
  const [small, first, last] = [
    await uploadPart(1, Buffer.from('a')),
    await uploadPart(2, large),
    await uploadPart(3, Buffer.from('end')),
  ];

  await expect(complete([small, first])).rejects.toMatchObject({ name: 'EntityTooSmall' });
  await expect(complete([last, first])).rejects.toMatchObject({ name: 'InvalidPartOrder' });
  await expect(complete([{ ...first, ETag: '"0"' }])).rejects.toMatchObject({ name: 'InvalidPart' });
  const { Parts } = await client.send(new ListPartsCommand({ ...upload, UploadId }));
  const { ETag } = await complete([first, last]);
  const head = await client.send(new HeadObjectCommand(upload));

  expect(Parts?.map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual([
    [1, 1],
    [2, large.length],
    [3, 3],
  ]);
  expect(ETag).toMatch(/^"[0-9a-f]{32}-2"$/);
  expect(head).toMatchObject({ ContentLength: large.length + 3, ContentType: 'a/b', ETag });
  await expect(complete([first])).rejects.toMatchObject({ name: 'NoSuchUpload' });
});

test('a versioned bucket keeps what is overwritten and deleted', async () => {
  await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  const one = await put('k', 'one');
  await put('k', 'two');
  await client.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));

  const old = await client.send(new GetObjectCommand({ Bucket, Key: 'k', VersionId: one.VersionId }));
  const versions = await client.send(new ListObjectVersionsCommand({ Bucket }));

  expect(await old.Body?.transformToString()).toBe('one');
  await expect(text('k')).rejects.toBeInstanceOf(NoSuchKey);
  expect([versions.Versions?.length, versions.DeleteMarkers?.length]).toEqual([2, 1]);
  await client.send(new DeleteObjectCommand({ Bucket, Key: 'k', VersionId: versions.DeleteMarkers?.[0]?.VersionId }));
  expect(await text('k')).toBe('two');
});

describe('what is not emulated', () => {
  test('is refused by name and leaves the object alone', async () => {
    await put('kept', 'x');

    const acl = client.send(new PutObjectAclCommand({ Bucket, Key: 'kept', ACL: 'public-read' }));
    const bucketAcl = client.send(new GetBucketAclCommand({ Bucket }));
    const locked = client.send(new PutObjectCommand({ Bucket, Key: 'kept', Body: 'y', ObjectLockMode: 'GOVERNANCE' }));

    await expect(acl).rejects.toThrow('The sandbox does not emulate S3 PUT object ?acl.');
    await expect(bucketAcl).rejects.toThrow('The sandbox does not emulate S3 GET bucket ?acl.');
    await expect(locked).rejects.toThrow('header x-amz-object-lock-mode');
    expect(await text('kept')).toBe('x');
  });
});

describe('buckets', () => {
  test('are listed, found and deleted when empty', async () => {
    await put('k', 'x');

    await expect(client.send(new DeleteBucketCommand({ Bucket }))).rejects.toMatchObject({ name: 'BucketNotEmpty' });
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
    await client.send(new DeleteBucketCommand({ Bucket }));
    const { Buckets } = await client.send(new ListBucketsCommand({}));

    await expect(client.send(new HeadBucketCommand({ Bucket }))).rejects.toMatchObject({ name: 'NotFound' });
    expect(Buckets?.map(({ Name }) => Name)).not.toContain(Bucket);
    await expect(client.send(new CreateBucketCommand({ Bucket: 'Not_Valid' }))).rejects.toMatchObject({
      name: 'InvalidBucketName',
    });
  });

  test('a template gives lifecycle, encryption, tiering, versioning and policy', async () => {
    const resources = lone.service.resources;
    const request = (properties: Record<string, unknown>) => ({
      logicalId: 'Archive',
      stackName: 'Ingestion-Dev',
      properties,
      artifact: () => Promise.reject(new Error('no artifact')),
    });
    const created = await resources['AWS::S3::Bucket']!.create(
      request({
        LifecycleConfiguration: {
          Rules: [
            {
              Id: 'cold',
              Status: 'Enabled',
              Prefix: 'audit/',
              Transitions: [{ StorageClass: 'GLACIER', TransitionInDays: 90 }],
              ExpirationInDays: 400,
              AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
            },
          ],
        },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [
            {
              ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'key-1' },
              BucketKeyEnabled: true,
            },
          ],
        },
        IntelligentTieringConfigurations: [
          { Id: 'tier', Status: 'Enabled', Tierings: [{ AccessTier: 'ARCHIVE_ACCESS', Days: 90 }] },
        ],
        PublicAccessBlockConfiguration: { BlockPublicAcls: true },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        VersioningConfiguration: { Status: 'Suspended' },
      }),
    );
    const PolicyDocument = { Version: '2012-10-17', Statement: [] };
    await resources['AWS::S3::BucketPolicy']!.create(request({ Bucket: created.ref, PolicyDocument }));
    const named = { Bucket: created.ref };
    await client.send(new PutObjectCommand({ ...named, Key: 'k', Body: 'x' }));

    const lifecycle = await client.send(new GetBucketLifecycleConfigurationCommand(named));
    const encryption = await client.send(new GetBucketEncryptionCommand(named));
    const policy = await client.send(new GetBucketPolicyCommand(named));
    const head = await client.send(new HeadObjectCommand({ ...named, Key: 'k' }));

    expect(created.ref).toMatch(/^ingestion-dev-archive-[a-z0-9]{12}$/);
    expect(lifecycle.Rules).toMatchObject([
      {
        ID: 'cold',
        Filter: { Prefix: 'audit/' },
        Transitions: [{ Days: 90, StorageClass: 'GLACIER' }],
        Expiration: { Days: 400 },
      },
    ]);
    expect(encryption.ServerSideEncryptionConfiguration?.Rules?.[0]?.BucketKeyEnabled).toBe(true);
    expect(JSON.parse(policy.Policy ?? '')).toEqual(PolicyDocument);
    expect(head).toMatchObject({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'key-1' });
  });

  test('a lifecycle rule that expires no later than it moves to another class is refused', async () => {
    const create = (ExpirationInDays: number) =>
      lone.service.resources['AWS::S3::Bucket']!.create({
        properties: {
          LifecycleConfiguration: {
            Rules: [
              { Prefix: 'a/', Transitions: [{ StorageClass: 'GLACIER', TransitionInDays: 365 }], ExpirationInDays },
            ],
          },
        },
        stackName: 'ingestion-dev',
        logicalId: `Days${ExpirationInDays}`,
        artifact: () => Promise.reject(new Error('no artifacts')),
      });

    await expect(create(365)).rejects.toThrow("must be greater than 'Days' in the Transition action");
    await expect(create(366)).resolves.toMatchObject({ ref: expect.any(String) });
  });

  test('a template property that is not known is refused', async () => {
    const create = lone.service.resources['AWS::S3::Bucket']!.create({
      logicalId: 'B',
      stackName: 's',
      properties: { WebsiteConfiguration: {} },
      artifact: () => Promise.reject(new Error('no artifact')),
    });

    await expect(create).rejects.toThrow('The sandbox does not emulate AWS::S3::Bucket WebsiteConfiguration.');
  });
});

describe('permissions', () => {
  const permissions = (method: string, url: string, headers: Record<string, string> = {}, body = '') =>
    lone.service.describe({ method, url, headers, body: Buffer.from(body) }).permissions;

  test('objects are judged on their own ARN, listing on the bucket with its prefix', () => {
    expect(permissions('GET', '/b/a/b%20c')).toEqual([{ action: 's3:GetObject', resource: 'arn:aws:s3:::b/a/b c' }]);
    expect(permissions('GET', '/b?list-type=2&prefix=a/')).toEqual([
      { action: 's3:ListBucket', resource: 'arn:aws:s3:::b', context: { 's3:prefix': 'a/' } },
    ]);
    expect(permissions('DELETE', '/b/k?versionId=1')).toEqual([
      { action: 's3:DeleteObjectVersion', resource: 'arn:aws:s3:::b/k' },
    ]);
    expect(permissions('PUT', '/b?encryption')).toEqual([
      { action: 's3:PutEncryptionConfiguration', resource: 'arn:aws:s3:::b' },
    ]);
  });

  test('a copy needs both ends, DeleteObjects each key', () => {
    expect(permissions('PUT', '/b/to', { 'x-amz-copy-source': '/a/from' })).toEqual([
      { action: 's3:GetObject', resource: 'arn:aws:s3:::a/from' },
      { action: 's3:PutObject', resource: 'arn:aws:s3:::b/to' },
    ]);
    const body = '<Delete><Object><Key>x</Key></Object><Object><Key>y</Key></Object></Delete>';
    expect(permissions('POST', '/b?delete', {}, body).map(({ resource }) => resource)).toEqual([
      'arn:aws:s3:::b/x',
      'arn:aws:s3:::b/y',
    ]);
  });
});

test('a peer puts, gets and lists', async () => {
  await lone.peer.put(Bucket, 'a/1', Buffer.from('one'), 'application/gzip');

  expect((await lone.peer.get(Bucket, 'a/1')).toString()).toBe('one');
  expect(await lone.peer.list(Bucket, 'a/')).toEqual([{ key: 'a/1', size: 3 }]);
  expect((await client.send(new HeadObjectCommand({ Bucket, Key: 'a/1' }))).ContentType).toBe('application/gzip');
});

function put(Key: string, Body: string) {
  return client.send(new PutObjectCommand({ Bucket, Key, Body }));
}

async function text(Key: string) {
  return (await client.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();
}
