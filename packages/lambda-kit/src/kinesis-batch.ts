import type { KinesisStreamBatchResponse, KinesisStreamEvent, KinesisStreamRecord } from 'aws-lambda';

/** The outcome of one record: nothing to say, or the error that asks Lambda to deliver it again. */
export type RecordOutcome = { readonly kind: 'done' } | { readonly kind: 'retry'; readonly error: unknown };

/**
 * The partial batch response: every record that asked for a retry. Lambda goes back to the lowest of them and leaves the
 * ones before it alone (https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html, "partial batch responses").
 */
export function kinesisBatchResponse(
  event: KinesisStreamEvent,
  outcomeOf: (record: KinesisStreamRecord, index: number) => RecordOutcome,
): KinesisStreamBatchResponse {
  const failed = event.Records.filter((record, index) => outcomeOf(record, index).kind === 'retry');
  return { batchItemFailures: failed.map((record) => ({ itemIdentifier: record.kinesis.sequenceNumber })) };
}
