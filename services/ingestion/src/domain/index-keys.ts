import { createHash } from 'node:crypto';
import type { Owner } from './stored-attempt.ts';

/** How many partitions an index key is spread over, so that one busy function or stream does not heat a single one. */
export const INDEX_SHARDS = 8;

/** `account:region:function:shard`; a log group that names no function stands for itself. */
export function functionKeyOf(owner: Required<Owner>, shard: number): string {
  return `${owner.accountId}:${owner.region}:${owner.functionName}:${shard}`;
}

export function streamKeyOf(stream: string, shard: number): string {
  return `${stream}#${shard}`;
}

/** Sorts as the number does: Kinesis numbers have up to 56 digits (128-bit fields), SQS FIFO's 20. */
export function sequenceKeyOf(sequenceNumber: string): string {
  return /^\d+$/.test(sequenceNumber)
    ? sequenceNumber.replace(/^0+(?=\d)/, '').padStart(64, '0')
    : `~${sequenceNumber}`;
}

/** Epoch milliseconds, fixed width, then the request. */
export function startKeyOf(timestamp: number, requestId = ''): string {
  return `${String(Math.max(0, Math.floor(timestamp))).padStart(16, '0')}#${requestId}`;
}

export function shardOf(key: string): number {
  return createHash('sha256').update(key).digest()[0]! % INDEX_SHARDS;
}
