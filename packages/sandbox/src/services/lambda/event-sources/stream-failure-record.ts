import type { KinesisRecord } from '../../kinesis/kinesis-peer.ts';
import type { InvocationResult } from '../invocation/invoke-function.ts';
import type { EventSourceKind } from './mapping-settings.ts';
import type { Discard } from './stream-work.ts';

export interface FailedBatch {
  readonly records: readonly KinesisRecord[];
  readonly condition: Discard;
  readonly source: EventSourceKind;
  readonly streamArn: string;
  readonly shardId: string;
  readonly functionArn: string;
  /** How often the batch was sent to the function. */
  readonly invokeCount: number;
  /** The last answer, where the function was invoked at all. */
  readonly last: InvocationResult | undefined;
  readonly now: number;
}

/** Metadata of a discarded batch, as a destination receives it: https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html */
export function streamFailureRecord(batch: FailedBatch): Record<string, unknown> {
  const { records, condition, last } = batch;
  const first = records[0] as KinesisRecord;
  const final = records.at(-1) as KinesisRecord;
  return {
    requestContext: {
      ...(last ? { requestId: last.requestId } : {}),
      functionArn: batch.functionArn,
      condition,
      approximateInvokeCount: batch.invokeCount,
    },
    ...(last
      ? {
          responseContext: {
            statusCode: last.statusCode,
            executedVersion: last.executedVersion,
            ...(last.functionError ? { functionError: last.functionError } : {}),
          },
        }
      : {}),
    version: '1.0',
    timestamp: new Date(batch.now).toISOString(),
    [batch.source === 'dynamodb' ? 'DDBStreamBatchInfo' : 'KinesisBatchInfo']: {
      shardId: batch.shardId,
      startSequenceNumber: first.sequenceNumber,
      endSequenceNumber: final.sequenceNumber,
      approximateArrivalOfFirstRecord: new Date(first.arrivedAt).toISOString(),
      approximateArrivalOfLastRecord: new Date(final.arrivedAt).toISOString(),
      batchSize: records.length,
      streamArn: batch.streamArn,
    },
  };
}
