import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { CallDependency, MessageArchive } from '../ports.ts';

/** The archive bucket: `messages/date=YYYY-MM-DD/<digest>.jwe`, by the day of the message, so that a repetition is the same object. */
export function s3MessageArchive(client: S3Client, bucket: string, call: CallDependency): MessageArchive {
  return {
    put: ({ digest, receivedAtMs, sealed }) =>
      call({ dependency: 's3', statement: 'archive message' }, async () => {
        const date = new Date(receivedAtMs).toISOString().slice(0, 10);
        await client.send(
          new PutObjectCommand({
            Bucket: bucket,
            Key: `messages/date=${date}/${digest}.jwe`,
            Body: sealed,
            ContentType: 'application/jose',
          }),
        );
      }),
  };
}
