import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { HoldEventPort } from '../ports.ts';

/** The longest delay of a message of SQS. */
const MAX_DELAY_SECONDS = 900;

/** Events that wait as messages of the queue from which they came; a wait beyond a quarter of an hour is taken in turns. */
export function sqsHeldEvents(client: SQSClient, queueUrl: string): HoldEventPort {
  return async (MessageBody, delayMs) => {
    const DelaySeconds = Math.min(MAX_DELAY_SECONDS, Math.ceil(delayMs / 1000));
    await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody, DelaySeconds }));
  };
}
