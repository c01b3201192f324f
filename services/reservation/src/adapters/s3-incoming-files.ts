import { DeleteObjectCommand, GetObjectCommand, NoSuchKey, type S3Client } from '@aws-sdk/client-s3';
import type { IncomingFiles } from '../functions/ingest-files/ingest-file.ts';
import type { CallDependency } from '../ports.ts';

/** Files of the legacy bucket. */
export function s3IncomingFiles(client: S3Client, Bucket: string, call: CallDependency): IncomingFiles {
  return {
    read: (Key) =>
      call({ dependency: 's3', statement: 'read file' }, async () => {
        try {
          const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
          return await Body?.transformToByteArray();
        } catch (error) {
          if (error instanceof NoSuchKey) return undefined;
          throw error;
        }
      }),
    remove: (Key) =>
      call({ dependency: 's3', statement: 'remove file' }, async () => {
        await client.send(new DeleteObjectCommand({ Bucket, Key }));
      }),
  };
}
