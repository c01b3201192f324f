import { S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { lambdaSurroundings } from '../../adapters/lambda-surroundings.ts';
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
      const { ARCHIVE_BUCKET } = readEnv({ ARCHIVE_BUCKET: z.string() });
      const record = s3ErasureRecords(new S3Client({}), ARCHIVE_BUCKET, runtime.call);
      return { ...storesFromEnv(runtime, { name: NAME, resumeWaitMs: RESUME_WAIT_MS }), record };
    },
    handle: eraseGuest,
  },
  lambdaSurroundings,
);
