import { S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { lambdaSurroundings } from '../../adapters/lambda-surroundings.ts';
import { s3DeadLetterBox } from '../../adapters/s3-dead-letter-box.ts';
import { s3ErasureRecords } from '../../adapters/s3-erasure-records.ts';
import { storesFromEnv } from '../../adapters/stores-from-env.ts';
import { eraseGuest } from '../../guests/erase-guest.ts';
import { defineFunction } from '../../runtime/define-function.ts';
import { readEnv } from '../../runtime/read-env.ts';

const NAME = 'erase-guest';
const RESUME_WAIT_MS = 30_000;

/** Erases one guest, with a proof. */
export const handler = defineFunction(
  {
    name: NAME,
    compose: (runtime) => {
      const env = readEnv({ ARCHIVE_BUCKET: z.string(), DEAD_LETTER_BUCKET: z.string() });
      const client = new S3Client({});
      return {
        ...storesFromEnv(runtime, { name: NAME, resumeWaitMs: RESUME_WAIT_MS, canHoldConnections: false }),
        box: s3DeadLetterBox(client, env.DEAD_LETTER_BUCKET, runtime.call),
        record: s3ErasureRecords(client, env.ARCHIVE_BUCKET, runtime.call),
      };
    },
    handle: eraseGuest,
  },
  lambdaSurroundings,
);
