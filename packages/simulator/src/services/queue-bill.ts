import { LIMITS } from '../aws/limits.ts';
import type { Tick } from '../tick.ts';
import type { Queue } from './queue.ts';

const LONG_POLL_MS = 20_000;
/** Messages of one ReceiveMessage or DeleteMessageBatch, however large a batch is. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html */
const MESSAGES_A_CALL = 10;

/** Receives or deletes of so many messages in so many batches, as requests to the queue. */
export function billCalls({ meter, name }: Queue, messages: number, batches: number): void {
  meter.add(name, 'queueRequests', batches * Math.ceil(messages / Math.max(1, batches) / MESSAGES_A_CALL));
}

/** Long polls that come back empty are requests, too: each poller asks three times a minute. */
export function billEmptyPolls({ meter, name, size }: Queue, tick: Tick): void {
  if (size > 0) return;
  meter.add(name, 'queueRequests', (LIMITS.queuePollers.first * tick.lengthMs) / LONG_POLL_MS);
}
