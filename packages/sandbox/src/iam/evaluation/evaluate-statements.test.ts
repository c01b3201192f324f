import { describe, expect, test } from '@jest/globals';
import type { ConditionContext } from '../../core/service.ts';
import type { PolicyStatement } from '../policies/policy-document.ts';
import { evaluateStatements } from './evaluate-statements.ts';

const TABLE = 'arn:aws:dynamodb:us-east-1:123456789012:table/audit';
type Verdict = 'allow' | 'explicit-deny' | 'implicit-deny';

const decide = (statements: readonly PolicyStatement[], context: ConditionContext = {}, resource = TABLE): Verdict =>
  evaluateStatements(statements, { action: 'dynamodb:PutItem', resource, context }).kind;

const allow = (rest: Partial<PolicyStatement> = {}): PolicyStatement => ({
  Effect: 'Allow',
  ...('NotAction' in rest ? {} : { Action: 'dynamodb:PutItem' }),
  ...('NotResource' in rest ? {} : { Resource: TABLE }),
  ...rest,
});
const deny = (rest: Partial<PolicyStatement> = {}): PolicyStatement => ({ ...allow(rest), Effect: 'Deny' });

describe('actions and resources', () => {
  test.each<[string, PolicyStatement[], Verdict]>([
    ['nothing allows', [], 'implicit-deny'],
    ['exact action and resource', [allow()], 'allow'],
    ['action in any case', [allow({ Action: 'DynamoDB:putitem' })], 'allow'],
    ['one of several actions', [allow({ Action: ['s3:GetObject', 'dynamodb:Put*'] })], 'allow'],
    ['a question mark is one character', [allow({ Action: 'dynamodb:Put?tem' })], 'allow'],
    ['a question mark is not none', [allow({ Action: 'dynamodb:PutI?tem' })], 'implicit-deny'],
    ['every action', [allow({ Action: '*' })], 'allow'],
    ['another service', [allow({ Action: 'dynamodbstreams:*' })], 'implicit-deny'],
    ['NotAction excludes it', [allow({ NotAction: 'dynamodb:*' })], 'implicit-deny'],
    ['NotAction of something else', [allow({ NotAction: ['s3:*', 'logs:*'] })], 'allow'],
    ['every resource', [allow({ Resource: '*' })], 'allow'],
    ['wildcards in the resource', [allow({ Resource: 'arn:aws:dynamodb:*:*:table/aud*' })], 'allow'],
    ['a resource is case-sensitive', [allow({ Resource: TABLE.toUpperCase() })], 'implicit-deny'],
    ['a longer name', [allow({ Resource: `${TABLE}/index/*` })], 'implicit-deny'],
    [
      'a star does not cross into the next component',
      [allow({ Resource: 'arn:aws:dynamodb:*:table/audit' })],
      'implicit-deny',
    ],
    ['NotResource excludes it', [allow({ NotResource: [TABLE] })], 'implicit-deny'],
    ['NotResource of something else', [allow({ NotResource: 'arn:aws:s3:::x' })], 'allow'],
    ['an explicit deny wins', [allow(), deny({ Resource: '*' })], 'explicit-deny'],
    ['a deny of something else does not', [allow(), deny({ Action: 'dynamodb:DeleteItem' })], 'allow'],
    [
      'a policy variable without a value matches nothing',
      [allow({ Resource: 'arn:aws:dynamodb:*:*:table/${aws:username}' })],
      'implicit-deny',
    ],
    [
      'a policy variable with a default',
      [allow({ Resource: "arn:aws:dynamodb:*:*:table/${aws:username, 'audit'}" })],
      'allow',
    ],
  ])('%s', (_, statements, expected) => {
    expect(decide(statements)).toBe(expected);
  });

  test('a policy variable takes its value from the request', () => {
    const statement = allow({ Resource: 'arn:aws:dynamodb:*:*:table/${aws:PrincipalTag/table}' });
    expect(decide([statement], { 'aws:PrincipalTag/table': 'audit' })).toBe('allow');
    expect(decide([statement], { 'aws:PrincipalTag/table': 'other' })).toBe('implicit-deny');
  });

  test('an escaped wildcard is the character itself', () => {
    const statement = allow({ Resource: 'arn:aws:s3:::bucket/${*}' });
    expect(decide([statement], {}, 'arn:aws:s3:::bucket/key')).toBe('implicit-deny');
    expect(decide([statement], {}, 'arn:aws:s3:::bucket/*')).toBe('allow');
  });
});

describe('conditions', () => {
  const KEY = 'aws:Key';
  const one = (value: string): ConditionContext => ({ [KEY]: value });
  const many = (...values: string[]): ConditionContext => ({ [KEY]: values });

  test.each<[string, string | string[] | boolean | number, ConditionContext, boolean]>([
    ['StringEquals', 'a', one('a'), true],
    ['StringEquals', 'a', one('A'), false],
    ['StringEquals', ['a', 'b'], one('b'), true],
    ['StringEquals', 'a*', one('ab'), false],
    ['StringEquals', 'a', {}, false],
    ['StringEqualsIfExists', 'a', {}, true],
    ['StringEqualsIfExists', 'a', one('b'), false],
    ['StringNotEquals', 'a', one('b'), true],
    ['StringNotEquals', ['a', 'b'], one('b'), false],
    ['StringNotEquals', 'a', {}, true],
    ['StringEqualsIgnoreCase', 'a', one('A'), true],
    ['StringLike', 'a*c?', one('abbcd'), true],
    ['StringLike', 'a*c?', one('abbc'), false],
    ['StringNotLike', 'a*', one('b'), true],
    [
      'ArnLike',
      'arn:aws:logs:*:*:log-group:/aws/lambda/*',
      one('arn:aws:logs:us-east-1:1:log-group:/aws/lambda/x:*'),
      true,
    ],
    ['ArnLike', 'arn:aws:s3:::b*', one('arn:aws:s3:::bucket'), true],
    ['ArnEquals', 'arn:aws:*:role/x', one('arn:aws:iam::1:role/x'), false],
    ['ArnNotLike', 'arn:aws:s3:::b*', one('arn:aws:sqs:us-east-1:1:b'), true],
    ['Bool', true, one('true'), true],
    ['Bool', 'false', one('true'), false],
    ['Bool', 'true', {}, false],
    ['NumericLessThan', 10, one('9.5'), true],
    ['NumericLessThan', '10', one('10'), false],
    ['NumericGreaterThanEquals', 10, one('10'), true],
    ['NumericEquals', 10, one('ten'), false],
    ['NumericNotEquals', 10, one('11'), true],
    ['DateGreaterThan', '2026-01-01T00:00:00Z', one('2026-01-02T00:00:00Z'), true],
    ['DateLessThan', '1767225600', one('2025-12-31T23:59:59Z'), true],
    ['IpAddress', '127.0.0.0/8', one('127.0.0.1'), true],
    ['IpAddress', '10.0.0.0/8', one('127.0.0.1'), false],
    ['NotIpAddress', '10.0.0.0/8', one('127.0.0.1'), true],
    ['Null', 'true', {}, true],
    ['Null', true, one('a'), false],
    ['Null', false, one('a'), true],
    ['Null', 'false', {}, false],
    ['ForAllValues:StringEquals', ['a', 'b'], many('a', 'b', 'a'), true],
    ['ForAllValues:StringEquals', ['a', 'b'], many('a', 'c'), false],
    ['ForAllValues:StringEquals', ['a', 'b'], many(), true],
    ['ForAllValues:StringEquals', ['a', 'b'], {}, true],
    ['ForAllValues:StringNotEquals', ['a'], many('b', 'a'), false],
    ['ForAnyValue:StringEquals', ['a', 'b'], many('c', 'b'), true],
    ['ForAnyValue:StringEquals', ['a', 'b'], many('c', 'd'), false],
    ['ForAnyValue:StringEquals', ['a', 'b'], {}, false],
    ['ForAnyValue:StringLike', ['tenant-*'], many('x', 'tenant-1'), true],
    ['ForAnyValue:StringNotEquals', ['a'], many('a', 'b'), true],
  ])('%s %j against %j: %s', (operator, value, context, expected) => {
    const statement = allow({ Condition: { [operator]: { [KEY]: value } } });
    expect(decide([statement], context)).toBe(expected ? 'allow' : 'implicit-deny');
  });

  test('all conditions must hold, and a key’s name has no case', () => {
    const statement = allow({ Condition: { StringEquals: { 'AWS:key': 'a', other: 'b' } } });
    expect(decide([statement], { [KEY]: 'a', other: 'b' })).toBe('allow');
    expect(decide([statement], { [KEY]: 'a', other: 'c' })).toBe('implicit-deny');
  });

  test('an operator that IAM does not have is refused by name', () => {
    const statement = allow({ Condition: { StringMatches: { [KEY]: 'a' } } });
    expect(() => decide([statement], one('a'))).toThrow('StringMatches');
  });
});
