import { expect, test } from '@jest/globals';
import { type ExistingFilter, judgeFilters } from './judge-filters.ts';

const terms = { ownName: 'lamplighter-plugin-dev', destinationArn: 'arn:lamplighter', limit: 2 };
const filter = (name: string, destinationArn = 'arn:else'): ExistingFilter => ({ name, destinationArn });
const own = filter('lamplighter-plugin-dev', 'arn:lamplighter');

test.each([
  ['an empty group takes it', [], { kind: 'add' }],
  ['a group with room takes it', [filter('a')], { kind: 'add' }],
  ['its own from the last deploy stays', [own], { kind: 'add' }],
  ['its own stays beside another, though the group is full', [own, filter('a')], { kind: 'add' }],
  ['its own that leads elsewhere is brought right', [filter('lamplighter-plugin-dev')], { kind: 'add' }],
  [
    "Lamplighter's own round was first",
    [filter('lamplighter-dev', 'arn:lamplighter')],
    { kind: 'subscribed', by: 'lamplighter-dev' },
  ],
  [
    'both are there: one goes',
    [own, filter('lamplighter-dev', 'arn:lamplighter')],
    { kind: 'subscribed', by: 'lamplighter-dev' },
  ],
  ['a full group has no room', [filter('a'), filter('b')], { kind: 'full', by: ['a', 'b'] }],
])('%s', (_name, existing, verdict) => {
  expect(judgeFilters(existing, terms)).toEqual(verdict);
});
