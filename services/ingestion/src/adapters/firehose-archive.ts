import { setTimeout } from 'node:timers/promises';
import { type FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import type { StructuredLogger } from '@lamplighter/lambda-kit';
import type { ArchivePort } from '../ports.ts';

/** A record holds 1,000 KiB, a call 4 MiB (PutRecordBatch, API reference). */
const MAX_RECORD_BYTES = 1_000 * 1024;
const MAX_CALL_BYTES = 4 * 1024 * 1024;
/** Longest waits before a rejected record is offered again; each is drawn from nothing to that. */
const PAUSES_MS = [100, 200, 400];

export interface FirehoseArchiveOptions {
  readonly client: Pick<FirehoseClient, 'send'>;
  readonly deliveryStream: string;
  /** Takes the lines that Firehose does not. */
  readonly overflow: (lines: Buffer) => Promise<void>;
  readonly logger: Pick<StructuredLogger, 'warn'>;
  readonly pause?: (ms: number) => Promise<unknown>;
  /** 0 to 1. */
  readonly jitter?: () => number;
}

/**
 * The archive: one JSON object a line, packed into few records because Firehose counts each in steps of 5 KB. What its quota has no room for, and a line longer
 * than a record, goes past it.
 */
export function firehoseArchive(options: FirehoseArchiveOptions): ArchivePort {
  return async (batch, region) => {
    const { owner, logGroup, logStream } = batch;
    const lines = batch.events.map((event) =>
      Buffer.from(`${JSON.stringify({ owner, region, logGroup, logStream, ...event })}\n`, 'utf8'),
    );
    const records = grouped(
      lines.filter(({ length }) => length <= MAX_RECORD_BYTES),
      MAX_RECORD_BYTES,
    ).map((part) => Buffer.concat(part));
    const past: Buffer[] = lines.filter(({ length }) => length > MAX_RECORD_BYTES);
    for (const call of grouped(records, MAX_CALL_BYTES)) past.push(...(await refusedOf(call, options)));
    if (past.length > 0) await options.overflow(Buffer.concat(past));
  };
}

/** Offers records until all are taken, or it has been tried often enough; resolves with those that are left. */
async function refusedOf(records: readonly Buffer[], options: FirehoseArchiveOptions): Promise<readonly Buffer[]> {
  const { client, deliveryStream, logger, pause = setTimeout, jitter = Math.random } = options;
  let pending = records;
  try {
    for (const pauseMs of [...PAUSES_MS, undefined]) {
      const answer = await client.send(
        new PutRecordBatchCommand({ DeliveryStreamName: deliveryStream, Records: pending.map((Data) => ({ Data })) }),
      );
      if (!answer.FailedPutCount) return [];
      pending = pending.filter((_, index) => answer.RequestResponses?.[index]?.ErrorCode);
      if (pauseMs !== undefined) await pause(Math.round(pauseMs * jitter()));
    }
    logger.warn('Firehose is at its quota: records go into the archive bucket directly', { records: pending.length });
  } catch (error) {
    logger.warn('Firehose takes no records: they go into the archive bucket directly', { error: error as Error });
  }
  return pending;
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
