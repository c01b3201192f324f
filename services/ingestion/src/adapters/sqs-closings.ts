import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { inParts } from '../domain/parts.ts';
import type { Closing } from '../domain/windows/closing.ts';
import type { ClosingsPort } from '../ports.ts';

/** SendMessageBatch takes ten messages (Amazon SQS API reference). */
const MAX_MESSAGES = 10;

const ClosingMessage = z.object({
  accountId: z.string(),
  region: z.string(),
  functionName: z.string(),
  minutes: z.array(z.number().int()).min(1),
  lastActive: z.number().int().optional(),
});

/** The queue of closings: each message is handed out once its delay is over. One that the queue refuses makes the whole effect fail. */
export function sqsClosings(client: SQSClient, QueueUrl: string): ClosingsPort {
  return async (closings) => {
    for (const part of inParts(closings, MAX_MESSAGES)) {
      const Entries = part.map(({ closing, delaySeconds }, index) => ({
        Id: String(index),
        DelaySeconds: delaySeconds,
        MessageBody: bodyOf(closing),
      }));
      const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
      if (Failed[0]) throw new Error(`the queue refused a closing: ${Failed[0].Code} ${Failed[0].Message ?? ''}`);
    }
  };
}

function bodyOf({ owner, minutes, lastActive }: Closing): string {
  return JSON.stringify({ ...owner, minutes: [...minutes], lastActive } satisfies z.input<typeof ClosingMessage>);
}

/** Reads a message's body. Throws where it is no closing: the queue's dead-letter queue is its place. */
export function closingFrom(body: string): Closing {
  const { minutes, lastActive, ...owner } = ClosingMessage.parse(JSON.parse(body));
  const ascending = [...new Set(minutes)].sort((a, b) => a - b);
  return { owner, minutes: ascending, ...(lastActive === undefined ? {} : { lastActive }) };
}
