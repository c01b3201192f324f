import { DeleteObjectCommand, GetObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import type { DeadLetterBox } from '../guests/forget-dead-letters.ts';
import type { CallDependency } from '../ports.ts';

const letterSchema = z.object({ sealed: z.string() });
const DIGEST = /\/([0-9a-f]{32})\.json$/;

/** The dead-letter bucket, read and emptied. */
export function s3DeadLetterBox(client: S3Client, Bucket: string, call: CallDependency): DeadLetterBox {
  const read = (Key: string): Promise<string> =>
    call({ dependency: 's3', statement: 'read dead letter' }, async () => {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
      return letterSchema.parse(JSON.parse(await Body!.transformToString())).sealed;
    });
  return {
    async *list() {
      for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket, Prefix: 'rejected/' }))
        for (const { Key = '' } of Contents) {
          const digest = DIGEST.exec(Key)?.[1];
          if (digest !== undefined) yield { key: Key, digest, sealed: await read(Key) };
        }
    },
    remove: (Key) =>
      call({ dependency: 's3', statement: 'remove dead letter' }, async () => {
        await client.send(new DeleteObjectCommand({ Bucket, Key }));
      }),
  };
}
