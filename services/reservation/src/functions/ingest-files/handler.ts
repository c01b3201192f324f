import { S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { ingestDepsFromEnv } from '../../adapters/ingest-deps-from-env.ts';
import { lambdaSurroundings } from '../../adapters/lambda-surroundings.ts';
import { s3IncomingFiles } from '../../adapters/s3-incoming-files.ts';
import { defineFunction } from '../../runtime/define-function.ts';
import { readEnv } from '../../runtime/read-env.ts';
import { ingestFile } from './ingest-file.ts';

const NAME = 'ingest-files';

/** Files of property systems into itineraries. */
export const handler = defineFunction(
  {
    name: NAME,
    compose: (runtime) => {
      const { LEGACY_BUCKET } = readEnv({ LEGACY_BUCKET: z.string() });
      const files = s3IncomingFiles(new S3Client({}), LEGACY_BUCKET, runtime.call);
      return { ...ingestDepsFromEnv(runtime, NAME), files, log: runtime.log };
    },
    handle: ingestFile,
  },
  lambdaSurroundings,
);
