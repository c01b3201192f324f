import { defineHandler } from '@lamplighter/lambda-kit';
import type { CloudWatchLogsEvent } from 'aws-lambda';
import { ingestPayloadFromEnv } from '../../adapters/ingest-from-env.ts';
import { ingestPayload } from '../../ingest/ingest-payload.ts';

/** The direct door: one subscription payload of CloudWatch Logs. */
export const handler = defineHandler({
  name: 'ingestion/ingest-direct',
  compose: (logger) => ingestPayloadFromEnv('direct', logger),
  handle: async (event: CloudWatchLogsEvent, deps) => {
    await ingestPayload(String(event?.awslogs?.data ?? ''), deps);
  },
});
