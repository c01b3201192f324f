import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { ErasureProof } from '../guests/erase-guest.ts';
import type { CallDependency } from '../ports.ts';

/** Proofs of erasures in the archive bucket: `erasures/<ISO time>.json`. */
export function s3ErasureRecords(client: S3Client, bucket: string, call: CallDependency) {
  return (proof: ErasureProof): Promise<void> =>
    call({ dependency: 's3', statement: 'record erasure' }, async () => {
      const Key = `erasures/${proof.erasedAt}.json`;
      await client.send(
        new PutObjectCommand({ Bucket: bucket, Key, Body: JSON.stringify(proof), ContentType: 'application/json' }),
      );
    });
}
