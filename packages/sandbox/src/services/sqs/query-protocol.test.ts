import { describe, expect, test } from '@jest/globals';
import { QueueSuite } from './testing/queue-suite.ts';

const sqs = new QueueSuite();

describe('the query protocol', () => {
  const query = async (parameters: Record<string, string>) => {
    const response = await fetch(sqs.endpoint, { method: 'POST', body: new URLSearchParams(parameters) });
    return { status: response.status, body: await response.text() };
  };

  test('says the same in forms and XML', async () => {
    await query({
      Action: 'SendMessage',
      QueueUrl: sqs.url,
      MessageBody: 'a < b',
      'MessageAttribute.1.Name': 'kind',
      'MessageAttribute.1.Value.DataType': 'String',
      'MessageAttribute.1.Value.StringValue': 'x',
    });

    const received = await query({
      Action: 'ReceiveMessage',
      QueueUrl: sqs.url,
      'AttributeName.1': 'All',
      'MessageAttributeName.1': 'All',
    });

    expect(received.body).toContain('<ReceiveMessageResult><Message><MessageId>');
    expect(received.body).toContain('<Body>a &lt; b</Body>');
    expect(received.body).toContain('<Attribute><Name>ApproximateReceiveCount</Name><Value>1</Value></Attribute>');
    expect(received.body).toContain('<MessageAttribute><Name>kind</Name><Value><DataType>String</DataType>');
  });

  test('names the result of a read that found nothing, and of an order none', async () => {
    const [empty, set] = [
      await query({ Action: 'ReceiveMessage', QueueUrl: sqs.url, MaxNumberOfMessages: '1' }),
      await query({
        Action: 'SetQueueAttributes',
        QueueUrl: sqs.url,
        'Attribute.1.Name': 'DelaySeconds',
        'Attribute.1.Value': '0',
      }),
    ];

    expect(empty.body).toMatch(/<ReceiveMessageResult>|<ReceiveMessageResult\/>/);
    expect(set.body).not.toContain('Result');
  });

  test('has codes of its own', async () => {
    const absent = await query({ Action: 'GetQueueUrl', QueueName: 'nowhere' });

    expect(absent.status).toBe(400);
    expect(absent.body).toContain('<Code>AWS.SimpleQueueService.NonExistentQueue</Code>');
  });
});
