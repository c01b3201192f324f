import { CreateEventBusCommand, type Target } from '@aws-sdk/client-eventbridge';
import { describe, expect, test } from '@jest/globals';
import { ApiError } from '../../../core/service.ts';
import type { BusEvent } from '../events-peer.ts';
import { EventsSuite, functionArn, queueArn, roleArn } from '../testing/events-suite.ts';

const suite = new EventsSuite();

describe('targets', () => {
  test.each<[string, Partial<Target>, unknown]>([
    ['Input', { Input: '{"constant":true}' }, { constant: true }],
    ['InputPath', { InputPath: '$.detail' }, { id: 7, name: 'a "b"' }],
    [
      'InputTransformer',
      {
        InputTransformer: {
          InputPathsMap: { id: '$.detail.id', name: '$.detail.name', all: '$.detail', none: '$.detail.none' },
          InputTemplate:
            '{"id": <id>, "text": "order <id> of <name>", "name": <name>, "all": <all>, "none": <none>, "rule": <aws.events.rule-name>}',
        },
      },
      { id: 7, text: 'order 7 of a "b"', name: 'a "b"', all: { id: 7, name: 'a "b"' }, none: '', rule: 'rule' },
    ],
    [
      'a template of text',
      { InputTransformer: { InputPathsMap: { id: '$.detail.id' }, InputTemplate: '"order <id>"' } },
      'order 7',
    ],
  ])('receive what %s makes', async (_name, target, expected) => {
    await suite.givenRule(target);
    await suite.put();
    await suite.clock.advance(0);
    expect(suite.bodies()).toEqual([expected]);
  });

  test.each<[string, Partial<Target>, string]>([
    ['a queue', { Arn: queueArn }, queueArn],
    [
      'a stream',
      { Arn: 'arn:aws:kinesis:us-east-1:123456789012:stream/s', RoleArn: roleArn },
      'arn:aws:kinesis:us-east-1:123456789012:stream/s',
    ],
    [
      'a delivery stream',
      { Arn: 'arn:aws:firehose:us-east-1:123456789012:deliverystream/s', RoleArn: roleArn },
      'arn:aws:firehose:us-east-1:123456789012:deliverystream/s',
    ],
    ['a log group', { Arn: 'arn:aws:logs:us-east-1:123456789012:log-group:/aws/events/all:*' }, '/aws/events/all'],
  ])('may be %s', async (_name, target, expected) => {
    await suite.givenRule(target);
    await suite.put();
    await suite.clock.advance(0);
    expect(suite.received.map((delivery) => delivery.target)).toEqual([expected]);
  });

  test('may be another bus, by a role', async () => {
    await suite.client.send(new CreateEventBusCommand({ Name: 'own' }));
    await suite.givenRule({}, { EventBusName: 'own' });
    const Arn = 'arn:aws:events:us-east-1:123456789012:event-bus/own';
    await suite.givenRule({ Arn, RoleArn: roleArn });
    await suite.put();
    await suite.clock.advance(0);
    expect(suite.received.map(({ target }) => target)).toEqual([functionArn]);
    suite.deniedActions = ['events:PutEvents'];
    await suite.put();
    await suite.clock.advance(0);
    expect(suite.received).toHaveLength(1);
  });

  test('are keyed in a stream by a path', async () => {
    const Arn = 'arn:aws:kinesis:us-east-1:123456789012:stream/s';
    await suite.givenRule({ Arn, RoleArn: roleArn, KinesisParameters: { PartitionKeyPath: '$.detail.id' } });
    await suite.put();
    await suite.clock.advance(0);
    expect(suite.received[0]?.more).toBe('7');
  });

  test('are tried again while they throttle', async () => {
    await suite.givenRule({});
    suite.failures = [new ApiError('TooManyRequestsException', 'no', 429), new ApiError('ServiceException', 'no', 500)];
    await suite.put();
    await suite.clock.advance(10_000);
    expect(suite.received).toHaveLength(1);
  });

  test('give up by their retry policy, and bury the event with its reason', async () => {
    await suite.givenRule({ RetryPolicy: { MaximumRetryAttempts: 2 }, DeadLetterConfig: { Arn: queueArn } });
    suite.failures = Array.from({ length: 9 }, () => new ApiError('TooManyRequestsException', 'no', 429));
    await suite.put();
    await suite.clock.advance(3_600_000);
    expect(suite.failures).toHaveLength(6);
    expect(suite.received).toMatchObject([
      {
        target: queueArn,
        more: {
          ERROR_CODE: 'THROTTLING',
          RETRY_ATTEMPTS: '2',
          EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
          TARGET_ARN: functionArn,
        },
      },
    ]);
    expect((suite.bodies()[0] as BusEvent).source).toBe('shop');
  });

  test('bury at once what may not be delivered', async () => {
    await suite.givenRule({ DeadLetterConfig: { Arn: queueArn } });
    suite.failures = [new ApiError('AccessDeniedException', 'no', 403)];
    await suite.put();
    await suite.clock.advance(0);
    expect(suite.received).toMatchObject([
      { target: queueArn, more: { ERROR_CODE: 'NO_PERMISSIONS', RETRY_ATTEMPTS: '0' } },
    ]);
  });

  test('end by age', async () => {
    await suite.givenRule({ RetryPolicy: { MaximumEventAgeInSeconds: 60 }, DeadLetterConfig: { Arn: queueArn } });
    suite.failures = Array.from({ length: 99 }, () => new ApiError('TooManyRequestsException', 'no', 429));
    await suite.put();
    await suite.clock.advance(3_600_000);
    expect(suite.received[0]?.more).toMatchObject({ EXHAUSTED_RETRY_CONDITION: 'MaximumEventAgeInSeconds' });
  });

  test.each<[Partial<Target>, string]>([
    [{ Arn: 'arn:aws:states:us-east-1:123456789012:stateMachine:m' }, 'arn:aws:states'],
    [{ EcsParameters: { TaskDefinitionArn: 'arn' } }, 'EcsParameters'],
    [{ Arn: 'arn:aws:kinesis:us-east-1:123456789012:stream/s' }, 'RoleArn is required'],
    [{ Input: '{' }, 'JSON syntax error'],
    [{ Input: '{}', InputPath: '$' }, 'Only one of'],
  ])('refuse %j', async (target, reason) => {
    await expect(suite.givenRule(target)).rejects.toMatchObject({ message: expect.stringContaining(reason) });
  });
});
