import { expect, test } from '@jest/globals';
import type { MappingSettings, RemedyContext } from '../remedy-context.ts';
import { aFinding, aFunction, CALM } from '../testing/a-context.ts';
import { lambdaTimeout } from './lambda-timeout.ts';

const aQueue = (rest: Partial<MappingSettings> = {}): MappingSettings => ({
  uuid: 'm1',
  sourceArn: 'arn:aws:sqs:us-east-1:1:jobs',
  enabled: true,
  batchSize: 10,
  ...rest,
});

const proposalFor = (timeoutS: number, ...mappings: readonly MappingSettings[]) => {
  const context: RemedyContext = {
    finding: aFinding('timeouts'),
    now: 0,
    traffic: { ...CALM, timeoutShare: 0.2, p95Ms: timeoutS * 1_000 },
    function: aFunction({ timeoutS, mappings }),
  };
  return lambdaTimeout.propose(context);
};

test.each<[string, number, MappingSettings[], number]>([
  ['as much as calls need where nothing is queued', 30, [], 60],
  ['as much as calls need where the queue hides a message for longer', 30, [aQueue({ visibilityTimeoutS: 180 })], 60],
  ['what the queue leaves', 30, [aQueue({ visibilityTimeoutS: 45 })], 45],
  ['what is left of it when a batch was gathered', 30, [aQueue({ visibilityTimeoutS: 60, batchingWindowS: 20 })], 40],
  [
    'what the tightest queue leaves',
    30,
    [aQueue({ visibilityTimeoutS: 90 }), aQueue({ uuid: 'm2', visibilityTimeoutS: 40 })],
    40,
  ],
  ['as much as calls need where the queue is not read', 30, [aQueue({ enabled: false, visibilityTimeoutS: 30 })], 60],
  [
    'as much as calls need where a stream is read',
    30,
    [aQueue({ sourceArn: 'arn:aws:kinesis:us-east-1:1:stream/s' })],
    60,
  ],
])('the timeout becomes %s', (_, timeoutS, mappings, expected) => {
  const proposal = proposalFor(timeoutS, ...mappings);

  expect(proposal).toMatchObject({ change: { timeoutS: expected }, patch: expect.stringContaining(`${expected}`) });
  expect(proposal).not.toHaveProperty('obstacle');
});

test.each<[string, Partial<MappingSettings>, RegExp]>([
  ['leaves no room', { visibilityTimeoutS: 30 }, /^jobs hands a message out again after 30 s/],
  ['cannot be read', {}, /^The visibility timeout of jobs cannot be read/],
])('where the queue %s, nothing is done, and the way out is told', (_, mapping, reason) => {
  const proposal = proposalFor(30, aQueue(mapping));

  expect(proposal?.obstacle?.reason).toMatch(reason);
  expect(proposal?.obstacle?.lift).toContain('Give jobs a visibility timeout of 60 s or more (AWS advises 360)');
  expect(proposal).not.toHaveProperty('patch');
});

test('of how soon calls end it is told which calls are meant', () => {
  expect(proposalFor(30)?.reason).toBe(
    '20.0 % of the calls ran into 30 s; of the calls that met a running environment, 95 % end within 30000 ms.',
  );
});
