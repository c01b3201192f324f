import { createHash } from 'node:crypto';
import type { SqsMessage, SqsMessageAttribute } from '../../sqs/sqs-peer.ts';

/** The event that a function receives for a batch of messages. */
export function queueEvent(queueArn: string, region: string, messages: readonly SqsMessage[]): string {
  return JSON.stringify({
    Records: messages.map(({ messageId, receiptHandle, body, attributes, messageAttributes = {} }) => ({
      messageId,
      receiptHandle,
      body,
      attributes,
      messageAttributes: Object.fromEntries(
        Object.entries(messageAttributes).map(([name, attribute]) => [name, attributeMember(attribute)]),
      ),
      md5OfBody: createHash('md5').update(body).digest('hex'),
      eventSource: 'aws:sqs',
      eventSourceARN: queueArn,
      awsRegion: region,
    })),
  });
}

const attributeMember = ({ DataType, StringValue, BinaryValue }: SqsMessageAttribute) => ({
  ...(StringValue === undefined ? {} : { stringValue: StringValue }),
  ...(BinaryValue === undefined ? {} : { binaryValue: BinaryValue }),
  stringListValues: [],
  binaryListValues: [],
  dataType: DataType,
});
