import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { CallDependency, DeadLetters } from '../ports.ts';

/** The dead-letter bucket: `rejected/<code>/date=YYYY-MM-DD/<digest>.json`, with the reason in plain and the message sealed. */
export function s3DeadLetters(client: S3Client, bucket: string, call: CallDependency): DeadLetters {
  return ({ digest, receivedAtMs, code, reason, source, sealed }) =>
    call({ dependency: 's3', statement: 'put aside message' }, async () => {
      const receivedAt = new Date(receivedAtMs).toISOString();
      const key = `rejected/${code}/date=${receivedAt.slice(0, 10)}/${digest}.json`;
      await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: JSON.stringify({ code, reason, source, receivedAt, sealed }),
          ContentType: 'application/json',
        }),
      );
      return `s3://${bucket}/${key}`;
    });
}
