import type { Readable } from 'node:stream';
import {
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { MigrationFiles } from '../../migration-ports.ts';
import type { CallDependency } from '../../ports.ts';

const PRECONDITION_FAILED = 412;
/** Another write of the same object is under way. */
const CONFLICT = 409;

/** A migration's bucket. */
export function s3MigrationFiles(client: S3Client, Bucket: string, call: CallDependency): MigrationFiles {
  const get = async (Key: string, Range?: string): Promise<Buffer> =>
    call({ dependency: 's3', statement: 'get migration object' }, async () => {
      const { Body } = await client.send(
        new GetObjectCommand({ Bucket, Key, ...(Range === undefined ? {} : { Range }) }),
      );
      return Buffer.from(await Body!.transformToByteArray());
    });
  const put = async (
    Key: string,
    Body: Uint8Array | string,
    more: { IfNoneMatch?: string; ContentType?: string } = {},
  ) =>
    call({ dependency: 's3', statement: 'put migration object' }, () =>
      client.send(new PutObjectCommand({ Bucket, Key, Body, ...more })),
    );
  const json = { ContentType: 'application/json' };
  return {
    get,
    range: (key, from, length) => get(key, `bytes=${from}-${from + length - 1}`),
    put: async (key, body) => void (await put(key, body)),
    async readJson(key) {
      try {
        return JSON.parse((await get(key)).toString('utf8')) as unknown;
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
    writeJson: async (key, value) => void (await put(key, JSON.stringify(value), json)),
    async writeJsonOnce(key, value) {
      try {
        await put(key, JSON.stringify(value), { ...json, IfNoneMatch: '*' });
        return true;
      } catch (error) {
        if (statusOf(error) === PRECONDITION_FAILED || statusOf(error) === CONFLICT) return false;
        throw error;
      }
    },
    async list(prefix) {
      const found = [];
      for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket, Prefix: prefix }))
        found.push(...Contents.map(({ Key, ETag, Size }) => ({ key: Key!, etag: ETag!, bytes: Size! })));
      return found;
    },
    async open(Key, IfMatch) {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket, Key, IfMatch }));
        return { kind: 'opened', body: Body as Readable };
      } catch (error) {
        if (statusOf(error) === PRECONDITION_FAILED) return { kind: 'unreadable', code: 'SOURCE_CHANGED' };
        if (error instanceof NoSuchKey) return { kind: 'unreadable', code: 'SOURCE_GONE' };
        throw error;
      }
    },
  };
}

const statusOf = (error: unknown): number | undefined =>
  error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
