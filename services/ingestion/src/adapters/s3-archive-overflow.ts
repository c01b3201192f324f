import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Clock } from '@lamplighter/lambda-kit';

/** Puts lines where Firehose puts its objects, in the partition of the hour that it is; of one hour the same lines are one object. */
export function s3ArchiveOverflow(client: S3Client, bucket: string, now: Clock): (lines: Buffer) => Promise<void> {
  return async (lines) => {
    const [date, time = ''] = new Date(now()).toISOString().split('T');
    const name = createHash('sha256').update(lines).digest('hex').slice(0, 32);
    const Key = `events/date=${date}/hour=${time.slice(0, 2)}/overflow-${name}.gz`;
    await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: gzipSync(lines) }));
  };
}
