import { S3Client } from '@aws-sdk/client-s3';
import { defineHandler } from '@lamplighter/lambda-kit';
import type { SQSEvent } from 'aws-lambda';
import { aossFromEnv } from '../../adapters/aoss-from-env.ts';
import { s3Archive } from '../../adapters/s3-archive.ts';
import { indexText } from './index-text.ts';

/** Long enough for a collection that slept. */
const TIMEOUT_MS = 60_000;

/** Objects of the archive and findings, one an invocation, into the search index; what fails comes again. */
export const handler = defineHandler({
  name: 'console/index-text',
  compose: (logger) => ({ index: aossFromEnv(TIMEOUT_MS), archived: s3Archive(new S3Client({}), logger) }),
  handle: async ({ Records }: SQSEvent, deps): Promise<void> => {
    for (const { body } of Records) await indexText(JSON.parse(body), deps);
  },
});
