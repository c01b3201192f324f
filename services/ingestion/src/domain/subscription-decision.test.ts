import { describe, expect, test } from '@jest/globals';
import { decideSubscription, type LogGroupFacts } from './subscription-decision.ts';

const policy = {
  watchedPrefix: '/aws/lambda/',
  ownPrefix: '/aws/lambda/lamplighter-',
  filterName: 'lamplighter-dev',
  destinationArn: 'arn:aws:lambda:us-east-1:123456789012:function:ingest',
};
const group = (more: Partial<LogGroupFacts> = {}): LogGroupFacts => ({
  logGroup: '/aws/lambda/booking',
  createdAt: 0,
  logClass: 'STANDARD',
  tags: {},
  filters: [],
  ...more,
});
const filter = (name: string, destinationArn = 'arn:aws:firehose:us-east-1:123456789012:deliverystream/other') => ({
  name,
  destinationArn,
});

describe('decideSubscription', () => {
  test.each([
    ['a watched group', group(), { kind: 'subscribe' }],
    ['a group with one filter of somebody else', group({ filters: [filter('other')] }), { kind: 'subscribe' }],
    [
      'a group whose filter points elsewhere',
      group({ filters: [filter('lamplighter-dev'), filter('other')] }),
      { kind: 'subscribe' },
    ],
    [
      'a group that is subscribed',
      group({ filters: [filter('lamplighter-dev', policy.destinationArn)] }),
      { kind: 'skip', reason: 'already-subscribed' },
    ],
    [
      "a group that its function's own stack subscribed",
      group({ filters: [filter('lamplighter-plugin-dev', policy.destinationArn)] }),
      { kind: 'skip', reason: 'already-subscribed' },
    ],
    [
      'a group with no filter left',
      group({ filters: [filter('a'), filter('b')] }),
      { kind: 'refuse', reason: 'filter-limit' },
    ],
    ['an Infrequent Access group', group({ logClass: 'INFREQUENT_ACCESS' }), { kind: 'refuse', reason: 'log-class' }],
    ['a group that opted out', group({ tags: { lamplighter: 'Off' } }), { kind: 'skip', reason: 'opted-out' }],
    ['a group of another service', group({ logGroup: '/aws/codebuild/x' }), { kind: 'skip', reason: 'not-watched' }],
    [
      'its own ingestion',
      group({ logGroup: '/aws/lambda/lamplighter-ingestion-dev-ingest-direct' }),
      { kind: 'skip', reason: 'own-log-group' },
    ],
    [
      'its own ingestion of another stage',
      group({ logGroup: '/aws/lambda/lamplighter-ingestion-prod-ingest-direct' }),
      { kind: 'skip', reason: 'own-log-group' },
    ],
    [
      'the sample application',
      group({ logGroup: '/aws/lambda/lamplighter-reservation-dev-api' }),
      { kind: 'subscribe' },
    ],
  ])('%s', (_name, facts, expected) => {
    expect(decideSubscription(facts, policy)).toEqual(expected);
  });
});
