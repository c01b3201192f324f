import { defineHandler } from '@lamplighter/lambda-kit';
import { ingestPayloadFromEnv } from '../../adapters/ingest-from-env.ts';
import { ingestRecords } from './ingest-records.ts';

/** The stream door: a batch of Kinesis records, a subscription payload each. */
export const handler = defineHandler({
  name: 'ingestion/ingest-stream',
  compose: (logger) => ({ ...ingestPayloadFromEnv('stream', logger), logger }),
  handle: ingestRecords,
});
