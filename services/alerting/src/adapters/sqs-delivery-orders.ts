import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { LamplighterError } from '@lamplighter/lambda-kit';
import type { OrderDeliveryPort } from '../ports.ts';

/** Limits of SQS: entries of a batch, and the longest delay of a message. */
const MAX_ENTRIES = 10;
const MAX_DELAY_SECONDS = 900;

/** Orders as messages of the delivery queue. A wait beyond a quarter of an hour comes back early, finds by its row's `notBefore` that it is not due, and waits again. */
export function sqsDeliveryOrders(client: SQSClient, queueUrl: string): OrderDeliveryPort {
  return async (orders, delayMs) => {
    const DelaySeconds = Math.min(MAX_DELAY_SECONDS, Math.ceil(delayMs / 1000));
    for (let at = 0; at < orders.length; at += MAX_ENTRIES) {
      const Entries = orders.slice(at, at + MAX_ENTRIES).map(({ alertId, channel, recipient }, index) => ({
        Id: String(index),
        DelaySeconds,
        MessageBody: JSON.stringify({ alertId, channel, recipient }),
      }));
      const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
      if (Failed[0])
        throw new LamplighterError(
          'ORDER_REFUSED',
          `The queue refused an order: ${Failed[0].Code} ${Failed[0].Message ?? ''}`,
        );
    }
  };
}
