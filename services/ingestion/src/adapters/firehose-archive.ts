import { type FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import type { ArchivePort } from '../ports.ts';

/** A record holds 1,000 KiB, a call 4 MiB (PutRecordBatch, API reference). */
const MAX_RECORD_BYTES = 1_000 * 1024;
const MAX_CALL_BYTES = 4 * 1024 * 1024;
/** A rejected record is offered again this often before the delivery as a whole is retried. */
const MAX_TRIES = 5;

/** The archive: one JSON object a line, packed into few records because Firehose counts each in steps of 5 KB. */
export function firehoseArchive(client: FirehoseClient, deliveryStream: string): ArchivePort {
  return async (batch, region) => {
    const { owner, logGroup, logStream } = batch;
    const lines = batch.events.map((event) =>
      Buffer.from(`${JSON.stringify({ owner, region, logGroup, logStream, ...event })}\n`, 'utf8'),
    );
    for (const records of grouped(
      grouped(lines.flatMap(fitting), MAX_RECORD_BYTES).map((part) => Buffer.concat(part)),
      MAX_CALL_BYTES,
    )) {
      await putAll(client, deliveryStream, records);
    }
  };
}

async function putAll(client: FirehoseClient, deliveryStream: string, records: readonly Buffer[]): Promise<void> {
  let pending = records;
  for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
    const answer = await client.send(
      new PutRecordBatchCommand({ DeliveryStreamName: deliveryStream, Records: pending.map((Data) => ({ Data })) }),
    );
    if (!answer.FailedPutCount) return;
    pending = pending.filter((_, index) => answer.RequestResponses?.[index]?.ErrorCode);
  }
  throw new Error(`the archive refused ${pending.length} records ${MAX_TRIES} times`);
}

/** A line that is longer than a record goes over several; Firehose writes them one behind the other. */
function fitting(line: Buffer): Buffer[] {
  if (line.length <= MAX_RECORD_BYTES) return [line];
  const parts: Buffer[] = [];
  for (let at = 0; at < line.length; at += MAX_RECORD_BYTES) parts.push(line.subarray(at, at + MAX_RECORD_BYTES));
  return parts;
}

function grouped(buffers: readonly Buffer[], maxBytes: number): Buffer[][] {
  const groups: Buffer[][] = [];
  let room = 0;
  for (const buffer of buffers) {
    if (buffer.length > room || groups.length === 0) {
      groups.push([]);
      room = maxBytes;
    }
    groups.at(-1)!.push(buffer);
    room -= buffer.length;
  }
  return groups;
}
