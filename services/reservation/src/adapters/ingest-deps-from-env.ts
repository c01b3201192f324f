import { S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import type { IngestDeps } from '../ingest/ingest-messages.ts';
import type { Runtime } from '../runtime/define-function.ts';
import { readEnv } from '../runtime/read-env.ts';
import { s3DeadLetters } from './s3-dead-letters.ts';
import { s3Mappings } from './s3-mappings.ts';
import { s3MessageArchive } from './s3-message-archive.ts';
import { storesFromEnv } from './stores-from-env.ts';

/** A paused cluster needs about 15 seconds; a batch can wait for it. */
const RESUME_WAIT_MS = 30_000;

/** What takes messages in is composed of. */
export function ingestDepsFromEnv(runtime: Runtime, name: string): IngestDeps {
  const env = readEnv({ ARCHIVE_BUCKET: z.string(), DEAD_LETTER_BUCKET: z.string(), LEGACY_BUCKET: z.string() });
  const client = new S3Client({});
  const { call, log, now } = runtime;
  return {
    ...storesFromEnv(runtime, { name, resumeWaitMs: RESUME_WAIT_MS }),
    archive: s3MessageArchive(client, env.ARCHIVE_BUCKET, call),
    deadLetters: s3DeadLetters(client, env.DEAD_LETTER_BUCKET, call),
    mappings: s3Mappings({ client, bucket: env.LEGACY_BUCKET, call, log, now }),
  };
}
