import { createHash } from 'node:crypto';
import type { SqsMessage } from '../../../core/peers.ts';

/** The event that a function receives for a batch of messages. */
export function queueEvent(queueArn: string, region: string, messages: readonly SqsMessage[]): string {
  return JSON.stringify({
    Records: messages.map(({ messageId, receiptHandle, body, attributes, messageAttributes = {} }) => ({
      messageId,
      receiptHandle,
      body,
      attributes,
      messageAttributes,
      md5OfBody: createHash('md5').update(body).digest('hex'),
      eventSource: 'aws:sqs',
      eventSourceARN: queueArn,
      awsRegion: region,
    })),
  });
}
