import { describe, expect, test } from '@jest/globals';
import { plannedGroups } from './planned-groups.ts';
import { FOR_NEW_GROUPS, markedGroups } from './set-retention.ts';
import { watchableGroups } from './watchable-groups.ts';
import type { CompiledTemplate } from './woven-template.ts';

const OWN = 'lamplighter-plugin-dev';
const Book = { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'shop-book' } };
const NAME = '/aws/lambda/shop-book';
const WAYS: readonly [string, unknown][] = [
  ['in full', NAME],
  ['by Fn::Sub', { 'Fn::Sub': '/aws/lambda/${Book}' }],
  ['by Fn::Join', { 'Fn::Join': ['', ['/aws/lambda/', { Ref: 'Book' }]] }],
];

const filterOn = (LogGroupName: unknown, FilterName = 'siem') => ({
  Type: 'AWS::Logs::SubscriptionFilter',
  Properties: { LogGroupName, FilterName },
});
const templateWith = (LogGroupName: unknown, more: CompiledTemplate['Resources'] = {}): CompiledTemplate => ({
  Resources: { Book, G: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName } }, ...more },
});

describe.each(WAYS)('a log group that the owner names %s', (_way, name) => {
  test("is the function's, with the name that AWS knows it by", () => {
    const { groups, unreachable } = watchableGroups(templateWith(name), ['Book'], OWN);
    expect(unreachable).toEqual([]);
    expect(groups).toEqual([{ logGroupId: 'G', name: NAME, declared: [] }]);
  });

  test("has the owner's filters on it counted, however those name it", () => {
    const filters = {
      A: filterOn(NAME),
      B: filterOn({ Ref: 'G' }),
      C: filterOn(name),
      Own: filterOn({ Ref: 'G' }, OWN),
    };
    const { groups } = watchableGroups(templateWith(name, filters), ['Book'], OWN);
    expect(groups[0]?.declared).toEqual(['A', 'B', 'C']);
  });

  test('is asked for by that name where a package is deployed', () => {
    const template = templateWith(name, { Own: filterOn({ Ref: 'G' }, OWN) });
    Object.assign(template.Resources.G ?? {}, { Metadata: { Lamplighter: { RetentionInDays: FOR_NEW_GROUPS } } });
    Object.assign(template.Resources.G?.Properties ?? {}, { RetentionInDays: 30 });
    expect(plannedGroups(template, 'dev')).toEqual([{ logGroupId: 'G', name: NAME }]);
    expect(markedGroups(template, FOR_NEW_GROUPS)).toEqual([{ name: NAME, days: 30 }]);
  });
});

test('a function that is not in the template is told as such', () => {
  const { unreachable } = watchableGroups(templateWith(NAME), ['Ghost'], OWN);
  expect(unreachable[0]?.reason).toMatch(/^it is not in this template/);
});
