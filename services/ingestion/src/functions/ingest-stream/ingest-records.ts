import { kinesisBatchResponse, type RecordOutcome, type StructuredLogger } from '@lamplighter/lambda-kit';
import type { KinesisStreamBatchResponse, KinesisStreamEvent } from 'aws-lambda';
import { type IngestPayloadDeps, ingestPayload } from '../../ingest/ingest-payload.ts';

/** Every record by itself: one that fails for reasons of ours is asked for again, and holds up none of its neighbours. */
export async function ingestRecords(
  event: KinesisStreamEvent,
  deps: IngestPayloadDeps & { readonly logger: StructuredLogger },
): Promise<KinesisStreamBatchResponse> {
  const outcomes: RecordOutcome[] = [];
  for (const record of event.Records) {
    try {
      await ingestPayload(Buffer.from(record.kinesis.data, 'base64'), deps);
      outcomes.push({ kind: 'done' });
    } catch (error) {
      deps.logger.warn('a record has to come again', {
        sequenceNumber: record.kinesis.sequenceNumber,
        error: String(error),
      });
      outcomes.push({ kind: 'retry', error });
    }
  }
  return kinesisBatchResponse(event, (_record, index) => outcomes[index]!);
}
