import { describe, expect, test } from '@jest/globals';
import { LamplighterOptions } from './options/lamplighter-options.ts';
import { packagedRetention } from './preflight/plan-retention.ts';
import type { CompiledTemplate } from './template/woven-template.ts';
import { weaveTemplate } from './weave-template.ts';

const fn = (FunctionName: string, more = {}) => ({
  Type: 'AWS::Lambda::Function',
  Properties: { FunctionName, ...more },
});
const group = (LogGroupName: unknown, more = {}) => ({
  Type: 'AWS::Logs::LogGroup',
  Properties: { LogGroupName, ...more },
});
const template = (Resources: CompiledTemplate['Resources']): CompiledTemplate => ({
  Resources: structuredClone(Resources),
});
const weave = (
  woven: CompiledTemplate,
  options: unknown = {},
  functionIds = ['Book'],
  excludedIds: readonly string[] = [],
) =>
  weaveTemplate(woven, {
    options: LamplighterOptions.parse(options),
    stage: 'dev',
    functionIds,
    excludedIds,
    preflight: async (groups) => ({ groups, left: [] }),
    retention: async (groups) => packagedRetention(groups, LamplighterOptions.parse(options).retentionDays),
  });
const ids = ({ Resources }: CompiledTemplate) => Object.keys(Resources);

describe('weaveTemplate', () => {
  const shop = { Book: fn('shop-book'), BookLogGroup: group('/aws/lambda/shop-book') };

  test('the same template woven twice is the same', async () => {
    const once = template(shop);
    await weave(once);
    const twice = structuredClone(once);
    await weave(twice);
    expect(twice).toEqual(once);
    expect(ids(once)).toEqual(['Book', 'BookLogGroup', 'BookLogGroupLamplighterSubscription']);
  });

  test('what the service says of its retention stays', async () => {
    const woven = template({
      Book: fn('shop-book'),
      BookLogGroup: group('/aws/lambda/shop-book', { RetentionInDays: 3 }),
    });
    await weave(woven);
    expect(woven.Resources.BookLogGroup?.Properties?.RetentionInDays).toBe(3);
  });

  test('a package marks the retention that is meant for new groups; one that the owner asked for is for all', async () => {
    const unnamed = {
      ...shop,
      Own: fn('shop-own', { LoggingConfig: { LogGroup: { Ref: 'OwnGroup' } } }),
      OwnGroup: group(undefined),
    };
    const woven = template(unnamed);
    await weave(woven, {}, ['Book', 'Own']);
    expect(woven.Resources.BookLogGroup).toMatchObject({
      Properties: { RetentionInDays: 30 },
      Metadata: { Lamplighter: { RetentionInDays: 'for a new log group alone' } },
    });
    // Nobody could ask later whether it is new.
    expect(woven.Resources.OwnGroup?.Properties?.RetentionInDays).toBeUndefined();
    const asked = template(unnamed);
    await weave(asked, { retentionDays: 14 }, ['Book', 'Own']);
    const Metadata = { Lamplighter: { RetentionInDays: 'for every log group' } };
    expect([asked.Resources.BookLogGroup, asked.Resources.OwnGroup]).toEqual([
      { ...group('/aws/lambda/shop-book', { RetentionInDays: 14 }), Metadata },
      { ...group(undefined, { RetentionInDays: 14 }), Metadata },
    ]);
  });

  test('with everything off, nothing changes', async () => {
    const woven = template(shop);
    await weave(woven, { subscriptions: false, retentionDays: false });
    expect(woven).toEqual({ Resources: shop });
  });

  test('functions that share a group share a filter', async () => {
    const LoggingConfig = { LogGroup: { Ref: 'All' } };
    const woven = template({
      Book: fn('a', { LoggingConfig }),
      Read: fn('b', { LoggingConfig }),
      All: group('/shop/all'),
    });
    await weave(woven, {}, ['Book', 'Read']);
    expect(ids(woven)).toEqual(['Book', 'Read', 'All', 'AllLamplighterPermission', 'AllLamplighterSubscription']);
  });

  test.each<[string, unknown, unknown]>([
    ['alike', { 'Fn::Sub': '/${AWS::StackName}/book' }, { 'Fn::Sub': '/${AWS::StackName}/book' }],
    ['by a reference inside a text', { 'Fn::Sub': '${Own}' }, { 'Fn::Sub': '/${AWS::StackName}/book' }],
    ['by a parameter', { Ref: 'Name' }, { Ref: 'Name' }],
  ])('a group whose name is computed is found where the function names it %s', async (_how, named, LogGroupName) => {
    const woven = template({ Book: fn('shop-book', { LoggingConfig: { LogGroup: named } }), Own: group(LogGroupName) });
    const { warnings } = await weave(woven);
    expect([warnings, ids(woven).includes('OwnLamplighterSubscription')]).toEqual([[], true]);
  });

  test('a function that is excluded gets no filter, and its log group the same retention as all where it is new', async () => {
    const woven = template(shop);
    await weave(woven, { retentionDays: 14 }, ['Book'], ['Book']);
    expect([ids(woven), woven.Resources.BookLogGroup]).toEqual([
      Object.keys(shop),
      {
        ...group('/aws/lambda/shop-book', { RetentionInDays: 14 }),
        Metadata: { Lamplighter: { RetentionInDays: 'for a new log group alone' } },
      },
    ]);
  });

  describe('a template that the plugin makes larger than CloudFormation takes is told', () => {
    const queues = (count: number, Properties = {}) =>
      Object.fromEntries(Array.from({ length: count }, (_, at) => [`Q${at}`, { Type: 'AWS::SQS::Queue', Properties }]));
    const own = { ...shop, Own: fn('own', { LoggingConfig: { LogGroup: '/own' } }), OwnGroup: group('/own') };

    test.each([
      [
        'resources, permissions among them',
        { ...own, ...queues(496) },
        'has 503 resources, of which 3 are this plugin',
      ],
      ['bytes', { ...own, ...queues(1, { QueueName: 'q'.repeat(1_047_500) }) }, 'bytes, of which '],
    ])('by its %s', async (_what, resources, told) => {
      const { warnings } = await weave(template(resources), {}, ['Book', 'Own']);
      expect(warnings).toEqual([expect.stringContaining(told)]);
      expect(warnings[0]).toMatch(/^The template has .* Set custom\.lamplighter\.subscriptions to false: /);
    });

    test('by its parameters', async () => {
      const Parameters = Object.fromEntries(Array.from({ length: 199 }, (_, at) => [`P${at}`, { Type: 'String' }]));
      const { warnings } = await weave({ ...template(shop), Parameters });
      expect(warnings).toEqual([expect.stringContaining('has 201 parameters, of which 2 are')]);
    });

    test('one that was too large before is not its affair', async () => {
      expect((await weave(template({ ...shop, ...queues(499) }))).warnings).toEqual([]);
    });
  });

  test('CloudWatch Logs is permitted by the name that it has in each partition', async () => {
    const woven = template({ Book: fn('b', { LoggingConfig: { LogGroup: '/own' } }), Own: group('/own') });
    await weave(woven);
    expect(woven.Resources.OwnLamplighterPermission?.Properties?.Principal).toEqual({
      'Fn::Sub': 'logs.${AWS::URLSuffix}',
    });
  });

  test.each([
    [
      'has no logs',
      { Book: fn('shop-book') },
      'it has no log group in this template (disableLogs, or moved to a nested stack?)',
    ],
    [
      'writes to a group of another stack',
      { Book: fn('shop-book', { LoggingConfig: { LogGroup: '/shared' } }) },
      'its log group belongs to another stack: subscribe it there',
    ],
    [
      'CloudFront calls at the edge',
      {
        Book: fn('shop-book'),
        BookLogGroup: group('/aws/lambda/shop-book'),
        BookVersion: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Book' } } },
        Page: {
          Type: 'AWS::CloudFront::Distribution',
          Properties: {
            DistributionConfig: {
              DefaultCacheBehavior: {
                LambdaFunctionAssociations: [
                  { EventType: 'viewer-request', LambdaFunctionARN: { Ref: 'BookVersion' } },
                ],
              },
            },
          },
        },
      },
      'CloudFront calls it at the edge, where it logs to a group of the region next to each viewer',
    ],
    [
      'writes to a class that takes no subscription',
      { Book: fn('shop-book'), G: group('/aws/lambda/shop-book', { LogGroupClass: 'INFREQUENT_ACCESS' }) },
      'log groups of the class INFREQUENT_ACCESS take no subscription',
    ],
  ])('a function that %s is told, and no filter is made', async (_name, resources, reason) => {
    const woven = template(resources);
    const { warnings } = await weave(woven);
    expect(warnings).toEqual([`Book is not subscribed: ${reason}.`]);
    expect(ids(woven)).toEqual(Object.keys(resources));
    expect(woven.Parameters).toBeUndefined();
  });

  test('a filter exists under the condition of its group', async () => {
    const woven = template({ Book: fn('shop-book'), G: { ...group('/aws/lambda/shop-book'), Condition: 'InProd' } });
    await weave(woven);
    expect(woven.Resources.GLamplighterSubscription?.Condition).toBe('InProd');
  });

  test('a permission for a group under a condition exists where both are wanted', async () => {
    const LoggingConfig = { LogGroup: '/shop/own' };
    const woven = template({
      Book: fn('shop-book', { LoggingConfig }),
      Own: { ...group('/shop/own'), Condition: 'InProd' },
    });
    await weave(woven);
    const { OwnLamplighterPermission: permission, OwnLamplighterSubscription: filter } = woven.Resources;
    expect(permission?.Condition).toBe('OwnLamplighterPermitted');
    expect(woven.Conditions?.OwnLamplighterPermitted).toEqual({
      'Fn::And': [{ Condition: 'LamplighterTakesDirect' }, { Condition: 'InProd' }],
    });
    expect(filter?.Properties?.DestinationArn).toMatchObject({
      'Fn::If': ['OwnLamplighterPermitted', { 'Fn::Select': [0, [{}, { Ref: 'OwnLamplighterPermission' }]] }, {}],
    });
  });

  test("the service's own filters on a group are told to whoever asks for room, but for those that may not be there", async () => {
    const filterOn = (LogGroupName: unknown) => ({
      Type: 'AWS::Logs::SubscriptionFilter',
      Properties: { LogGroupName },
    });
    const woven = template({
      ...shop,
      ByName: filterOn('/aws/lambda/shop-book'),
      ByReference: filterOn({ Ref: 'BookLogGroup' }),
      BySub: filterOn({ 'Fn::Sub': '${BookLogGroup}' }),
      Elsewhere: filterOn('/aws/lambda/other'),
      InProduction: { ...filterOn({ Ref: 'BookLogGroup' }), Condition: 'IsProd' },
    });
    const asked: unknown[] = [];
    await weaveTemplate(woven, {
      options: LamplighterOptions.parse({}),
      stage: 'dev',
      functionIds: ['Book'],
      excludedIds: [],
      preflight: async (groups) => {
        asked.push(...groups);
        return { groups, left: [] };
      },
      retention: async (groups) => packagedRetention(groups, false),
    });
    expect(asked).toEqual([
      { logGroupId: 'BookLogGroup', name: '/aws/lambda/shop-book', declared: ['ByName', 'ByReference', 'BySub'] },
    ]);
  });
});
