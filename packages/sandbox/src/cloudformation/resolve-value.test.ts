import { describe, expect, test } from '@jest/globals';
import type { CreatedResource } from '../core/service.ts';
import { creationOrder } from './creation-order.ts';
import { resolveParameters } from './parameters.ts';
import { conditionHolds } from './resolve-conditions.ts';
import { resolveValue } from './resolve-value.ts';
import type { Scope } from './scope.ts';
import type { Template } from './template.ts';

const SSM: Readonly<Record<string, string>> = { '/key': 'secret', '/prod/key': 'prod secret', '/list': 'x,y' };

function ssmValue(name: string): string {
  const value = SSM[name];
  if (value === undefined) throw new Error(`Parameter ${name} not found.`);
  return value;
}

const BASE: Template = {
  Parameters: {
    Stage: { Type: 'String', Default: 'prod' },
    Count: { Type: 'Number', Default: 2 },
    Zones: { Type: 'CommaDelimitedList', Default: 'a, b,c' },
    Key: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/key' },
    Keys: { Type: 'AWS::SSM::Parameter::Value<List<String>>', Default: '/list' },
  },
  Mappings: { Sizes: { prod: { Memory: 1024 }, dev: { Memory: 128 } } },
  Conditions: {
    IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
    IsDev: { 'Fn::Not': [{ Condition: 'IsProd' }] },
    Both: { 'Fn::And': [{ Condition: 'IsProd' }, { Condition: 'IsDev' }] },
    Either: { 'Fn::Or': [{ Condition: 'IsProd' }, { Condition: 'IsDev' }] },
    Loop: { 'Fn::Not': [{ Condition: 'Loop' }] },
    Odd: { 'Fn::Xor': [] },
  },
  Resources: { Queue: { Type: 'AWS::SQS::Queue' }, Off: { Type: 'AWS::SQS::Queue', Condition: 'IsDev' } },
};

const scope = (template: Template = BASE): Scope => ({
  template,
  accountId: '123456789012',
  region: 'us-east-1',
  stackName: 'shop',
  stackId: 'arn:stack',
  parameters: resolveParameters(template, {}, ssmValue),
  resources: new Map<string, CreatedResource>([
    ['Queue', { ref: 'http://queue', attributes: { Arn: 'arn:queue', 'A.B': 'deep' } }],
  ]),
  imported: (name) => `imported ${name}`,
  ssmValue,
  secretValue: (secretId, stage, version) =>
    JSON.stringify({ of: [secretId, stage ?? '', version ?? ''].join('|'), password: 'sesame' }),
});

describe('a node resolves', () => {
  test.each<[string, unknown, unknown]>([
    ['what has no function stays', { a: [1, true, null, 'x'] }, { a: [1, true, null, 'x'] }],
    ['Ref of a parameter', { Ref: 'Stage' }, 'prod'],
    ['Ref of a number', { Ref: 'Count' }, '2'],
    ['Ref of a list', { Ref: 'Zones' }, ['a', 'b', 'c']],
    ['Ref of an SSM parameter', { Ref: 'Key' }, 'secret'],
    ['Ref of an SSM list', { Ref: 'Keys' }, ['x', 'y']],
    ['Ref of a resource', { Ref: 'Queue' }, 'http://queue'],
    [
      'pseudo parameters',
      [{ Ref: 'AWS::AccountId' }, { Ref: 'AWS::Partition' }, { Ref: 'AWS::StackName' }],
      ['123456789012', 'aws', 'shop'],
    ],
    [
      'NoValue leaves out a property and a list element',
      { a: { Ref: 'AWS::NoValue' }, b: [{ Ref: 'AWS::NoValue' }, 1] },
      { b: [1] },
    ],
    ['GetAtt as a list', { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:queue'],
    ['GetAtt as text', { 'Fn::GetAtt': 'Queue.Arn' }, 'arn:queue'],
    ['GetAtt of a nested attribute', { 'Fn::GetAtt': 'Queue.A.B' }, 'deep'],
    [
      'Sub of everything',
      { 'Fn::Sub': '${Stage}-${Queue}-${Queue.Arn}-${AWS::Region}-${!Literal}' },
      'prod-http://queue-arn:queue-us-east-1-${Literal}',
    ],
    ['Sub with variables', { 'Fn::Sub': ['${A}/${Stage}', { A: { Ref: 'Count' } }] }, '2/prod'],
    ['Join of a resolved list', { 'Fn::Join': ['-', { Ref: 'Zones' }] }, 'a-b-c'],
    ['Join of numbers', { 'Fn::Join': ['', ['v', 1]] }, 'v1'],
    ['Select', { 'Fn::Select': ['1', { Ref: 'Zones' }] }, 'b'],
    ['Split', { 'Fn::Split': [':', { 'Fn::GetAtt': 'Queue.Arn' }] }, ['arn', 'queue']],
    ['If, the branch not taken unseen', { 'Fn::If': ['IsProd', 'yes', { 'Fn::GetAtt': ['Off', 'Arn'] }] }, 'yes'],
    ['If with NoValue', { a: { 'Fn::If': ['IsDev', 1, { Ref: 'AWS::NoValue' }] } }, {}],
    ['FindInMap', { 'Fn::FindInMap': ['Sizes', { Ref: 'Stage' }, 'Memory'] }, 1024],
    ['ImportValue', { 'Fn::ImportValue': { 'Fn::Sub': 'bus-${Stage}' } }, 'imported bus-prod'],
    ['Base64', { 'Fn::Base64': 'hello' }, 'aGVsbG8='],
    ['GetAZs', { 'Fn::GetAZs': '' }, ['us-east-1a', 'us-east-1b', 'us-east-1c']],
    ['a dynamic reference inside text', 'a {{resolve:ssm:/key}} b {{resolve:ssm:/key}}', 'a secret b secret'],
    ['a whole secret', '{{resolve:secretsmanager:lamp}}', '{"of":"lamp||","password":"sesame"}'],
    [
      'a key of a version of a secret, by its ARN',
      'p={{resolve:secretsmanager:arn:aws:secretsmanager:us-east-1:123456789012:secret:a-b:SecretString:of:AWSPREVIOUS:v1}}',
      'p=arn:aws:secretsmanager:us-east-1:123456789012:secret:a-b|AWSPREVIOUS|v1',
    ],
    ['a key of a secret', '{{resolve:secretsmanager:lamp:SecretString:password}}', 'sesame'],
    ['a dynamic reference that a Sub puts together', { 'Fn::Sub': '{{resolve:ssm:/${Stage}/key}}' }, 'prod secret'],
    [
      'a policy condition is no function',
      { Condition: { StringEquals: { a: 'b' } } },
      { Condition: { StringEquals: { a: 'b' } } },
    ],
  ])('%s', (_, node, expected) => {
    expect(resolveValue(node, scope())).toEqual(expected);
  });

  test('ToJsonString and Length with the language extensions', () => {
    const extended = scope({ ...BASE, Transform: 'AWS::LanguageExtensions' });
    expect(resolveValue({ 'Fn::ToJsonString': { a: { Ref: 'Stage' } } }, extended)).toBe('{"a":"prod"}');
    expect(resolveValue({ 'Fn::Length': { Ref: 'Zones' } }, extended)).toBe(3);
    expect(resolveValue({ 'Fn::FindInMap': ['Sizes', 'x', 'Memory', { DefaultValue: 1 }] }, extended)).toBe(1);
  });
});

describe('what cannot be resolved is an error that names it', () => {
  test.each<[unknown, string]>([
    [{ Ref: 'Nothing' }, 'Nothing'],
    [{ Ref: 'Off' }, 'Off'],
    [{ 'Fn::GetAtt': ['Queue', 'Nope'] }, 'AWS::SQS::Queue (Queue) no attribute Nope'],
    [{ 'Fn::GetAtt': 'Queue' }, 'Fn::GetAtt'],
    [{ 'Fn::Sub': '${Nothing}' }, 'Nothing'],
    [{ 'Fn::Sub': { Ref: 'Stage' } }, 'Fn::Sub'],
    [{ 'Fn::Sub': '${Zones}' }, 'Fn::Sub needs text'],
    [{ 'Fn::Cidr': ['10.0.0.0/16', 2, 8] }, 'Fn::Cidr'],
    [{ 'Fn::Transform': {} }, 'Fn::Transform'],
    [{ 'Fn::Select': [3, { Ref: 'Zones' }] }, 'index 3'],
    [{ 'Fn::FindInMap': ['Sizes', 'test', 'Memory'] }, 'Sizes / test / Memory'],
    [{ 'Fn::If': ['Absent', 1, 2] }, 'Absent'],
    [{ 'Fn::ToJsonString': {} }, 'AWS::LanguageExtensions'],
    [{ 'Fn::Join': [',', 'abc'] }, 'Fn::Join needs a list'],
    ['{{resolve:ssm:/absent}}', '/absent'],
    ['{{resolve:ssm:/key:3}}', 'newest version'],
    ['{{resolve:secretsmanager:lamp:SecretString:absent}}', 'no key absent'],
    ['{{resolve:appconfig:x}}', 'appconfig'],
  ])('%j', (node, message) => {
    expect(() => resolveValue(node, scope())).toThrow(message);
  });
});

test('conditions', () => {
  const holding = ['IsProd', 'IsDev', 'Both', 'Either'].filter((name) => conditionHolds(name, scope()));
  expect(holding).toEqual(['IsProd', 'Either']);
  expect(() => conditionHolds('Loop', scope())).toThrow('Circular conditions: Loop -> Loop');
  expect(() => conditionHolds('Odd', scope())).toThrow('Fn::Xor');
});

describe('parameters', () => {
  const template: Template = {
    Resources: {},
    Parameters: {
      Stage: { Type: 'String', AllowedValues: ['dev', 'prod'] },
      Days: { Type: 'Number', Default: 7, MinValue: 1, MaxValue: 30 },
      Name: { Type: 'String', Default: 'abc', AllowedPattern: '[a-z]+', MinLength: 2, MaxLength: 4 },
    },
  };
  const resolve = (given: Record<string, string>) => Object.fromEntries(resolveParameters(template, given, ssmValue));

  test('defaults and given values', () => {
    expect(resolve({ Stage: 'dev', Days: '3' })).toEqual({ Stage: 'dev', Days: '3', Name: 'abc' });
  });

  test.each<[Record<string, string>, string]>([
    [{}, '[Stage] must have values'],
    [{ Stage: 'dev', Other: 'x' }, '[Other] do not exist'],
    [{ Stage: 'test' }, 'must be one of [dev, prod]'],
    [{ Stage: 'dev', Days: 'x' }, 'must be a number'],
    [{ Stage: 'dev', Days: '31' }, 'at most 30'],
    [{ Stage: 'dev', Days: '0' }, 'at least 1'],
    [{ Stage: 'dev', Name: 'a' }, 'at least 2 characters'],
    [{ Stage: 'dev', Name: 'abcde' }, 'at most 4 characters'],
    [{ Stage: 'dev', Name: 'ab1' }, 'pattern [a-z]+'],
  ])('%j is refused', (given, message) => {
    expect(() => resolve(given)).toThrow(message);
  });

  test('a type that the sandbox does not know is refused by name', () => {
    const odd: Template = { Resources: {}, Parameters: { A: { Type: 'AWS::Route53::Zone', Default: 'x' } } };
    expect(() => resolveParameters(odd, {}, ssmValue)).toThrow('AWS::Route53::Zone');
  });
});

describe('creation order', () => {
  const order = (Resources: Template['Resources']) => [...creationOrder(scope({ ...BASE, Resources })).keys()];

  test('follows Ref, GetAtt, Sub and DependsOn', () => {
    const made = order({
      A: { Type: 'T', Properties: { x: { 'Fn::Sub': 'a-${B.Arn}' } } },
      B: { Type: 'T', Properties: { x: [{ Ref: 'C' }] } },
      C: { Type: 'T', DependsOn: ['D'] },
      D: { Type: 'T', Properties: { x: { 'Fn::GetAtt': ['E', 'Arn'] } } },
      E: { Type: 'T' },
    });
    expect(made).toEqual(['E', 'D', 'C', 'B', 'A']);
  });

  test('leaves out what a condition rules out, and what only the other branch needs', () => {
    const made = order({
      A: { Type: 'T', Properties: { x: { 'Fn::If': ['IsProd', 1, { Ref: 'B' }] } }, DependsOn: 'B' },
      B: { Type: 'T', Condition: 'IsDev' },
    });
    expect(made).toEqual(['A']);
  });

  test('a cycle is an error that shows it', () => {
    expect(() =>
      order({
        A: { Type: 'T', Properties: { x: { Ref: 'B' } } },
        B: { Type: 'T', Properties: { x: { 'Fn::Sub': '${C}' } } },
        C: { Type: 'T', DependsOn: 'B' },
      }),
    ).toThrow('B -> C -> B');
  });

  test('DependsOn of nothing is an error', () => {
    expect(() => order({ A: { Type: 'T', DependsOn: 'Gone' } })).toThrow('A depends on Gone');
  });
});
