import { DeleteParameterCommand, GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Stack } from '../cloudformation/stack.ts';
import {
  grantedStatements,
  needlessStatements,
  sidsByRole,
  unboundedActions,
  unusedActions,
  unusedResources,
} from './least-privilege.ts';
import { startTestSandbox, type TestSandbox } from './start-test-sandbox.ts';

const PARAMETER = 'arn:aws:ssm:us-east-1:*:parameter';
const role = (Statement: readonly object[]) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    },
    Policies: [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement } }],
  },
});
const allow = (Sid: string, Action: string | readonly string[], Resource: string | readonly string[]) => ({
  Sid,
  Effect: 'Allow',
  Action,
  Resource,
});

/** Of everything that a role may have and not need, one; and a role that has nothing but what it needs. */
const TEMPLATE = {
  Resources: {
    LavishRole: role([
      allow('Write', ['ssm:PutParameter', 'ssm:DeleteParameter'], [`${PARAMETER}/rooms/*`, `${PARAMETER}/guests/*`]),
      allow('Read', 'ssm:GetParameter', '*'),
      allow('ReadAgain', 'ssm:Get*', `${PARAMETER}/rooms/*`),
    ]),
    ThriftyRole: role([allow('Remove', 'ssm:DeleteParameter', `${PARAMETER}/rooms/*`)]),
  },
};

let started: TestSandbox;
let stack: Stack;
beforeAll(async () => {
  started = await startTestSandbox({ services: ['ssm'] });
  stack = await started.sandbox.deployTemplate({ stackName: 'rooms', template: TEMPLATE });
  const [lavish, thrifty] = ['LavishRole', 'ThriftyRole'].map((logicalId) => {
    const credentials = started.sandbox.iam.issueCredentials(stack.resources[logicalId]!.attributes.Arn!, 'test');
    return started.sandbox.client(SSMClient, { credentials });
  });
  const Name = '/rooms/1';
  await lavish!.send(new PutParameterCommand({ Name, Value: 'sea view', Type: 'String' }));
  await lavish!.send(new GetParameterCommand({ Name }));
  await thrifty!.send(new DeleteParameterCommand({ Name }));
});
afterAll(() => started?.stop());

const granted = () => grantedStatements(started.sandbox, stack);

test('the statements of each role are told by their Sids', () => {
  expect(sidsByRole(started.sandbox, stack)).toEqual({
    LavishRole: ['Read', 'ReadAgain', 'Write'],
    ThriftyRole: ['Remove'],
  });
});

test('an action is unused until a call was allowed by its own statement', () => {
  expect(unusedActions(granted())).toEqual(['LavishRole.ReadAgain: ssm:Get*', 'LavishRole.Write: ssm:DeleteParameter']);
});

test('a resource is unused until a call was made on what it names', () => {
  expect(unusedResources(granted())).toEqual([
    `LavishRole.ReadAgain: ${PARAMETER}/rooms/*`,
    `LavishRole.Write: ${PARAMETER}/guests/*`,
  ]);
});

test('an action on every resource is unbounded, and so is a pattern of actions', () => {
  expect(unboundedActions(granted())).toEqual(['ssm:Get*', 'ssm:GetParameter']);
});

test('a statement is needless where another allows the same, or where nobody used it', () => {
  const lavish = grantedStatements(started.sandbox, stack, ['LavishRole']);
  const thrifty = grantedStatements(started.sandbox, stack, ['ThriftyRole']);

  expect(needlessStatements(started.sandbox, lavish)).toEqual(['LavishRole.Read', 'LavishRole.ReadAgain']);
  expect(needlessStatements(started.sandbox, thrifty)).toEqual([]);
});

test('the search for needless statements leaves every one in force', () => {
  const roleArn = stack.resources.ThriftyRole!.attributes.Arn!;
  needlessStatements(started.sandbox, granted());
  const permission = {
    action: 'ssm:DeleteParameter',
    resource: 'arn:aws:ssm:us-east-1:000000000000:parameter/rooms/1',
  };

  expect(started.sandbox.iam.denial({ accessKeyId: '', arn: roleArn, roleArn }, permission)).toBeUndefined();
});
