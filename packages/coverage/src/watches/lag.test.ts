import { describe, expect, test } from '@jest/globals';
import { assessCoverage } from '../assess-coverage.ts';
import { alarm, aspectsOf, fn, reads, ref, resourceOf } from '../testing/templates.ts';

const ofShard = reads('S', { StartingPosition: 'LATEST' });
const ofTopic = resourceOf('AWS::Lambda::EventSourceMapping', {
  EventSourceArn: 'arn:aws:kafka:eu-west-1:123456789012:cluster/c/1',
  FunctionName: ref('Book'),
  StartingPosition: 'TRIM_HORIZON',
  Topics: ['orders'],
});
const S = resourceOf('AWS::Kinesis::Stream');
const on = (metric: string) => alarm('AWS/Lambda', metric, 'FunctionName', ref('Book'));

describe('how far a function lags behind', () => {
  test.each([
    ['a shard', 'IteratorAge', ofShard, 'alarm A'],
    ['a shard', 'OffsetLag', ofShard, ''],
    ['a topic', 'OffsetLag', ofTopic, 'alarm A'],
    ['a topic', 'IteratorAge', ofTopic, ''],
  ])('%s: an alarm on %s', (_source, metric, M, watch) => {
    const stack = { Book: fn(), S, M, A: on(metric) };
    expect(aspectsOf('M', stack)).toEqual({ 'poison-records': watch });
    expect(aspectsOf('Book', stack)).toEqual({ failures: watch });
  });

  test('a function that reads both needs an alarm on each', () => {
    const stack = { Book: fn(), S, M: ofShard, N: ofTopic, A: on('IteratorAge') };
    expect(aspectsOf('Book', stack)).toEqual({ failures: '' });
    expect(aspectsOf('Book', { ...stack, B: on('OffsetLag') })).toEqual({ failures: 'alarm A, alarm B' });
  });

  test('what holds up a partition is told in the words of Kafka', () => {
    const { resources } = assessCoverage({ Resources: { Book: fn(), M: ofTopic } });
    const [aspect] = resources.find(({ logicalId }) => logicalId === 'M')?.aspects ?? [];
    expect(aspect).toMatchObject({
      why: expect.stringContaining('its partition'),
      mend: expect.stringMatching(/kafka: .* OffsetLag/),
    });
  });
});
