import { randomBytes } from 'node:crypto';
import type { JsonOperation } from '../../core/protocols/json-protocol.ts';
import { ApiError } from '../../core/service.ts';
import type { DeliveryStream } from './delivery-stream.ts';
import type { DeliveryStreams, Input } from './delivery-streams.ts';

/** Quotas: https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecordBatch.html. */
const MAX_RECORDS = 500;
const MAX_RECORD_BYTES = 1000 * 1024;
const MAX_BATCH_BYTES = 4 * 1024 * 1024;

interface RecordInput {
  readonly Data?: string;
}

/** PutRecord and PutRecordBatch. */
export function recordOperations(streams: DeliveryStreams): Record<string, JsonOperation> {
  return {
    PutRecord: {
      permissions: (input) => streams.permission('PutRecord', input),
      handle: (input: Input) => {
        const stream = streams.named(input.DeliveryStreamName);
        stream.put(dataOf(input.Record as RecordInput | undefined, 'record.data'));
        return { RecordId: recordId(), Encrypted: isEncrypted(stream) };
      },
    },
    PutRecordBatch: {
      permissions: (input) => streams.permission('PutRecordBatch', input),
      handle: (input: Input) => {
        const stream = streams.named(input.DeliveryStreamName);
        const records = readBatch((input.Records ?? []) as RecordInput[]);
        for (const data of records) stream.put(data);
        return {
          FailedPutCount: 0,
          Encrypted: isEncrypted(stream),
          RequestResponses: records.map(() => ({ RecordId: recordId() })),
        };
      },
    },
  };
}

function readBatch(records: readonly RecordInput[]): readonly Buffer[] {
  if (records.length < 1 || records.length > MAX_RECORDS) {
    const bound = records.length < 1 ? 'greater than or equal to 1' : `less than or equal to ${MAX_RECORDS}`;
    throw invalid('records', `Member must have length ${bound}`);
  }
  const all = records.map((record, index) => dataOf(record, `records.${index + 1}.member.data`));
  if (all.reduce((sum, data) => sum + data.length, 0) > MAX_BATCH_BYTES) {
    throw new ApiError('InvalidArgumentException', 'Records size exceeds 4 MB limit');
  }
  return all;
}

function dataOf(record: RecordInput | undefined, member: string): Buffer {
  if (typeof record?.Data !== 'string') throw invalid(member, 'Member must not be null');
  const data = Buffer.from(record.Data, 'base64');
  if (data.length <= MAX_RECORD_BYTES) return data;
  throw invalid(member, `Member must have length less than or equal to ${MAX_RECORD_BYTES}`);
}

function invalid(member: string, rule: string): ApiError {
  return new ApiError(
    'ValidationException',
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: ${rule}`,
  );
}

function isEncrypted(stream: DeliveryStream): boolean {
  return stream.encryption !== undefined;
}

function recordId(): string {
  return randomBytes(96).toString('base64');
}
