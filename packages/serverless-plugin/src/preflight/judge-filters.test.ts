import { expect, test } from '@jest/globals';
import { type ExistingFilter, judgeFilters } from './judge-filters.ts';

const terms = { ownName: 'lamplighter-plugin-dev', destinationArn: 'arn:lamplighter', limit: 2 };
const filter = (name: string, destinationArn = 'arn:else', filterPattern = ''): ExistingFilter => ({
  name,
  destinationArn,
  filterPattern,
});
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
  ['one for some lines brings not all of them', [filter('a', 'arn:lamplighter', 'ERROR')], { kind: 'add' }],
  ['a full group has no room', [filter('a'), filter('b')], { kind: 'full', by: ['a', 'b'] }],
])('%s', (_name, existing, verdict) => {
  expect(judgeFilters(existing, terms)).toEqual(verdict);
});

test.each([
  ['two that the service declares itself leave no room', [], ['A', 'B'], { kind: 'full', by: ['A', 'B'] }],
  ['one leaves room', [], ['A'], { kind: 'add' }],
  ['the same two, deployed before under other names, count once', [filter('x')], ['A'], { kind: 'add' }],
  [
    'one more than was there before leaves no room beside its own',
    [own, filter('x')],
    ['A', 'B'],
    { kind: 'full', by: ['A', 'B'] },
  ],
  ['all three were there before: they stay', [own, filter('x'), filter('y')], ['A', 'B'], { kind: 'add' }],
])('%s', (_name, existing, declared, verdict) => {
  expect(judgeFilters(existing, terms, declared)).toEqual(verdict);
});
