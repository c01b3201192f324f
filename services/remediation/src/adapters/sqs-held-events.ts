import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { HoldEventPort } from '../ports.ts';

/** The longest delay of a message of SQS: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-delay-queues.html */
const MAX_DELAY_SECONDS = 900;

/** Events that wait as new messages of their queue: waiting is no failure, which the queue would count. */
export function sqsHeldEvents(client: SQSClient, queueUrl: string): HoldEventPort {
  return async (MessageBody, delayMs) => {
    const DelaySeconds = Math.min(MAX_DELAY_SECONDS, Math.ceil(delayMs / 1000));
    await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody, DelaySeconds }));
  };
}
