import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { DeadLetterPort } from '../ports.ts';

/** The dead-letter bucket: `rejected/<reason>/<hash>.json.gz`, named by content, so a repeated delivery is one object. */
export function s3DeadLetters(client: S3Client, bucket: string): DeadLetterPort {
  return async (letter) => {
    const key = `rejected/${letter.reason}/${createHash('sha256').update(letter.payload).digest('hex').slice(0, 32)}.json.gz`;
    const { payload, ...rest } = letter;
    const body = JSON.stringify({ ...rest, payloadBase64: Buffer.from(payload).toString('base64') });
    await client.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: gzipSync(body),
        ContentType: 'application/json',
        ContentEncoding: 'gzip',
      }),
    );
    return `s3://${bucket}/${key}`;
  };
}
