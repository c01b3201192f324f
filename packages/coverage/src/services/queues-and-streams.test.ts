import { describe, expect, test } from '@jest/globals';
import { alarm, arn, aspectsOf, fn, heard, reads, resourceOf } from '../testing/templates.ts';

describe('queues and streams', () => {
  test('a queue is seen through its readers, and needs a place for poison', () => {
    const Q = resourceOf('AWS::SQS::Queue');
    expect(aspectsOf('Q', { Q })).toEqual({ backlog: '' });
    expect(aspectsOf('Q', { ...heard, Q, M: reads('Q') })).toEqual({
      backlog: 'consumers Book',
      'poison-messages': '',
    });
    expect(aspectsOf('Q', { Book: fn(), Q, M: reads('Q') })).toEqual({ backlog: '', 'poison-messages': '' });
  });

  test.each([
    ['a queue', resourceOf('AWS::SQS::Queue', { RedrivePolicy: { deadLetterTargetArn: arn('Dead') } })],
    ['a rule', resourceOf('AWS::Events::Rule', { Targets: [{ Arn: 'x', DeadLetterConfig: { Arn: arn('Dead') } }] })],
    [
      'a topic subscription',
      resourceOf('AWS::SNS::Subscription', { RedrivePolicy: { deadLetterTargetArn: arn('Dead') } }),
    ],
    ['a function', fn({ DeadLetterConfig: { TargetArn: arn('Dead') } })],
  ])('where %s puts what failed, somebody has to look', (_name, Other) => {
    const stack = { Other, Dead: resourceOf('AWS::SQS::Queue', { QueueName: 'dead' }) };
    expect(aspectsOf('Dead', stack)).toEqual({ arrivals: '' });
    const A = alarm('AWS/SQS', 'ApproximateNumberOfMessagesVisible', 'QueueName', 'dead');
    expect(aspectsOf('Dead', { ...stack, A })).toEqual({ arrivals: 'alarm A' });
  });

  test.each([
    ['ApproximateNumberOfMessagesNotVisible', 'alarm A', ''],
    ['ApproximateAgeOfOldestMessage', 'alarm A', 'alarm A'],
    // SQS does not count there what it moves by itself.
    ['NumberOfMessagesSent', '', ''],
    ['NumberOfMessagesReceived', '', ''],
  ])('an alarm on %s', (metric, arrivals, backlog) => {
    const Q = resourceOf('AWS::SQS::Queue', { RedrivePolicy: { deadLetterTargetArn: arn('Dead') } });
    const stack = (id: string) => ({
      Q,
      Dead: resourceOf('AWS::SQS::Queue'),
      A: alarm('AWS/SQS', metric, 'QueueName', { 'Fn::GetAtt': [id, 'QueueName'] }),
    });
    expect(aspectsOf('Dead', stack('Dead'))).toEqual({ arrivals });
    expect(aspectsOf('Q', stack('Q'))).toEqual({ backlog });
  });

  test('a stream is seen through its readers or its alarms', () => {
    const S = resourceOf('AWS::Kinesis::Stream', { Name: 'clicks' });
    expect(aspectsOf('S', { S })).toEqual({ lag: '' });
    expect(aspectsOf('S', { ...heard, S, M: reads('S', { StartingPosition: 'LATEST' }) })).toEqual({
      lag: 'consumers Book',
    });
    const Fan = resourceOf('AWS::Kinesis::StreamConsumer', { StreamARN: arn('S'), ConsumerName: 'book' });
    const M = reads('S', { StartingPosition: 'LATEST', EventSourceArn: { Ref: 'Fan' } });
    expect(aspectsOf('S', { ...heard, Fan, S, M })).toEqual({ lag: 'consumers Book' });
    const A = alarm('AWS/Kinesis', 'GetRecords.IteratorAgeMilliseconds', 'StreamName', 'clicks');
    expect(aspectsOf('S', { S, A })).toEqual({ lag: 'alarm A' });
  });
});
