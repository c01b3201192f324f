import {
  DeleteQueueCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  QueueDoesNotExist,
} from '@aws-sdk/client-sqs';
import { describe, expect, test } from '@jest/globals';
import { QueueSuite } from '../testing/queue-suite.ts';

const sqs = new QueueSuite();

describe('queues', () => {
  test('are found by name, listed, purged and deleted', async () => {
    const QueueName = sqs.name;
    await sqs.send('x');
    await sqs.client.send(new PurgeQueueCommand({ QueueUrl: sqs.url }));
    const found = await sqs.client.send(new GetQueueUrlCommand({ QueueName }));
    const listed = await sqs.client.send(new ListQueuesCommand({ QueueNamePrefix: QueueName }));

    expect(found.QueueUrl).toBe(`${sqs.endpoint}/123456789012/${QueueName}`);
    expect(listed.QueueUrls).toContain(sqs.url);
    expect(await sqs.attributes()).toMatchObject({
      ApproximateNumberOfMessages: '0',
      QueueArn: `arn:aws:sqs:us-east-1:123456789012:${QueueName}`,
      VisibilityTimeout: '30',
    });
    await sqs.client.send(new DeleteQueueCommand({ QueueUrl: sqs.url }));
    await expect(sqs.send('x')).rejects.toBeInstanceOf(QueueDoesNotExist);
  });

  test('an unknown or impossible attribute is refused', async () => {
    await expect(sqs.createQueue('a', { VisibilityTimeout: '43201' })).rejects.toMatchObject({
      name: 'InvalidAttributeValue',
    });
    await expect(sqs.createQueue('a', { Colour: 'red' })).rejects.toMatchObject({ name: 'InvalidAttributeName' });
    await expect(sqs.createQueue(sqs.name, { VisibilityTimeout: '1' })).rejects.toMatchObject({
      name: 'QueueNameExists',
    });
  });
});

describe('the CloudFormation queue', () => {
  const provider = (type: string) => sqs.service.resources[type]!;
  const request = (properties: Record<string, unknown>) => ({
    logicalId: 'Rejected',
    stackName: 'ingestion-dev',
    properties,
    artifact: () => Promise.reject(new Error('no artifact')),
  });

  test('refers to its URL, and takes a redrive policy and a queue policy', async () => {
    const name = `templated-${sqs.name}`;
    const created = await provider('AWS::SQS::Queue').create(
      request({
        QueueName: name,
        VisibilityTimeout: 60,
        RedrivePolicy: { deadLetterTargetArn: 'arn:aws:sqs:us-east-1:123456789012:dead', maxReceiveCount: 3 },
      }),
    );
    await provider('AWS::SQS::QueuePolicy').create(
      request({ Queues: [created.ref], PolicyDocument: { Statement: [] } }),
    );
    sqs.url = created.ref;

    expect(created.attributes).toEqual({
      Arn: `arn:aws:sqs:us-east-1:123456789012:${name}`,
      QueueName: name,
      QueueUrl: sqs.url,
    });
    expect(await sqs.attributes()).toMatchObject({
      VisibilityTimeout: '60',
      RedrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:123456789012:dead","maxReceiveCount":3}',
      Policy: '{"Statement":[]}',
    });
  });

  test('refuses a property that it does not know', async () => {
    const create = provider('AWS::SQS::Queue').create(request({ Colour: 'red' }));

    await expect(create).rejects.toThrow('The sandbox does not emulate AWS::SQS::Queue Colour.');
  });
});

test('a batch is judged by the action of the single call, on the queue of its URL', () => {
  const body = Buffer.from(JSON.stringify({ QueueUrl: 'http://127.0.0.1:1/123456789012/rejected', Entries: [] }));

  const call = sqs.service.describe({
    method: 'POST',
    url: '/',
    headers: { 'x-amz-target': 'AmazonSQS.DeleteMessageBatch' },
    body,
  });

  expect(call.permissions).toEqual([
    { action: 'sqs:DeleteMessage', resource: 'arn:aws:sqs:us-east-1:123456789012:rejected' },
  ]);
});
