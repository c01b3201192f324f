import { describe, expect, test } from '@jest/globals';
import { assessCoverage } from './assess-coverage.ts';
import { implies } from './conditions.ts';
import type { TemplateResource } from './template.ts';
import { alarm, arn, filter, fn, reads, ref, resourceOf } from './testing/templates.ts';

const on = (Condition: string, resource: TemplateResource): TemplateResource => ({ ...resource, Condition });
const queue = resourceOf('AWS::SQS::Queue');
const age = alarm('AWS/SQS', 'ApproximateAgeOfOldestMessage', 'QueueName', {
  'Fn::GetAtt': ['Orders', 'QueueName'],
});
const letters = resourceOf('AWS::Lambda::EventInvokeConfig', {
  FunctionName: ref('Book'),
  DestinationConfig: { OnFailure: { Destination: arn('Orders') } },
});
const errors = alarm('AWS/Lambda', 'Errors', 'FunctionName', ref('Book'));
const toTopic = (dead: string) =>
  resourceOf('AWS::SNS::Subscription', { TopicArn: ref('T'), RedrivePolicy: { deadLetterTargetArn: arn(dead) } });
const called = resourceOf('AWS::Lambda::Permission', { FunctionName: arn('Book'), Principal: 'sns.amazonaws.com' });
const Conditions = {
  IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
  AlsoProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
  IsEuropeanProd: { 'Fn::And': [{ Condition: 'IsEurope' }, { Condition: 'IsProd' }] },
  Loop: { 'Fn::And': [{ Condition: 'Loop' }] },
};

const coverage = (Resources: Record<string, TemplateResource>) => assessCoverage({ Resources, Conditions });

describe('a watch under a condition', () => {
  test('watches what is there under the same one alone, and the report says so', () => {
    const { coveragePct, resources } = coverage({ Orders: queue, A: on('IsProd', age) });
    expect([coveragePct, resources[0]?.aspects[0]?.why]).toEqual([
      0,
      'messages may pile up, and nobody sees it: A is there under the condition IsProd alone',
    ]);
    expect(coverage({ Orders: on('IsProd', queue), A: on('IsProd', age) }).coveragePct).toBe(100);
    expect(coverage({ Orders: on('IsProd', queue), A: age }).coveragePct).toBe(100);
    expect(coverage({ Orders: on('IsEuropeanProd', queue), A: on('IsProd', age) }).coveragePct).toBe(100);
    expect(coverage({ Orders: on('IsProd', queue), A: on('IsEuropeanProd', age) }).coveragePct).toBe(0);
  });

  test.each<[string, Record<string, TemplateResource>]>([
    ['a filter', { Book: fn(), F: on('IsProd', filter('/aws/lambda/shop-book')) }],
    ['an alarm on errors', { Book: fn(), F: on('IsProd', errors) }],
    [
      'a reader',
      {
        Orders: queue,
        Redrive: resourceOf('AWS::SQS::Queue'),
        Map: reads('Orders'),
        Book: on('IsProd', fn()),
        F: on('IsProd', filter('/aws/lambda/shop-book')),
      },
    ],
    [
      'one dead-letter queue of two',
      { T: resourceOf('AWS::SNS::Topic'), S1: toTopic('D1'), S2: toTopic('D2'), D1: queue, D2: on('IsProd', queue) },
    ],
    ['a destination', { Book: fn(), F: filter('/aws/lambda/shop-book'), P: called, L: on('IsProd', letters) }],
  ])('%s does not watch what is always there', (_name, stack) => {
    const always = Object.fromEntries(Object.entries(stack).map(([id, { Condition: _c, ...rest }]) => [id, rest]));
    const open = (resources: Record<string, TemplateResource>) =>
      coverage(resources).resources.flatMap(({ aspects }) =>
        aspects.filter(({ watchedBy }) => watchedBy.length === 0).map(({ aspect }) => aspect),
      );
    expect(open(stack).length).toBeGreaterThan(open(always).length);
  });
});

test('a reader whose only watch is there under a condition shows nothing of what it reads', () => {
  const stack = { Orders: queue, Map: reads('Orders'), Book: fn(), A: on('IsProd', errors) };
  const { aspects } = coverage(stack).resources.find(({ logicalId }) => logicalId === 'Orders')!;
  expect(aspects.find(({ aspect }) => aspect === 'backlog')).toMatchObject({ watchedBy: [] });
});

test('a condition holds wherever one that is written alike, or asks for it, does', () => {
  expect(implies(Conditions, 'IsProd', 'AlsoProd')).toBe(true);
  expect(implies(Conditions, undefined, 'IsProd')).toBe(false);
  expect(implies(Conditions, 'Loop', 'IsProd')).toBe(false);
});
