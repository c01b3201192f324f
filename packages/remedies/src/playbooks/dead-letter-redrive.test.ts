import { expect, test } from '@jest/globals';
import type { RemedyContext } from '../remedy-context.ts';
import { aFinding, CALM } from '../testing/a-context.ts';
import { deadLetterRedrive } from './dead-letter-redrive.ts';

const DEAD = 'arn:aws:sqs:us-east-1:1:dead';

const proposalFor = (queues: Partial<NonNullable<RemedyContext['deadLetters']>>) =>
  deadLetterRedrive.propose({
    finding: aFinding('error-burst', { state: 'resolved', resolvedAt: 0 }),
    now: 0,
    traffic: CALM,
    deadLetters: {
      queueArn: DEAD,
      sourceQueueArn: 'arn:aws:sqs:us-east-1:1:jobs',
      messages: 9,
      otherSources: [],
      keyed: [],
      ...queues,
    },
  });

test('messages of one queue are given back to it', () => {
  const proposal = proposalFor({});

  expect(proposal?.title).toBe('Move the 9 messages of dead back to jobs, 10 a second');
  expect(proposal).not.toHaveProperty('obstacle');
});

test.each([
  ['other queues share it', { otherSources: ['mails', 'bills'] }, /^mails and bills give up into dead as well/],
  ['many do', { otherSources: ['a', 'b', 'c', 'd', 'e'] }, /^a, b, c and 2 more give up/],
  ['a key encrypts it', { keyed: ['dead'] }, /^A KMS key encrypts dead/],
])('a dead-letter queue is left to its owner where %s', (_, queues, reason) => {
  const obstacle = proposalFor(queues)?.obstacle;

  expect(obstacle?.reason).toMatch(reason);
  expect(obstacle?.lift).toContain(`aws sqs start-message-move-task --source-arn ${DEAD}`);
});
