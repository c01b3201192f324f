import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Template, TemplateResource } from '../../cloudformation/template.ts';
import { startTestSandbox, type TestSandbox } from '../../testing/start-test-sandbox.ts';

let started: TestSandbox;

beforeAll(async () => {
  started = await startTestSandbox({ services: ['ssm', 'kms'] });
});
afterAll(() => started.stop());

const TRUST = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const PARAMETERS = { 'Fn::Sub': 'arn:aws:ssm:${AWS::Region}:${AWS::AccountId}:parameter/iam/*' };
const policy = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
const allow = (Action: string, Sid?: string) => ({
  Effect: 'Allow',
  Action,
  Resource: PARAMETERS,
  ...(Sid ? { Sid } : {}),
});
const role = (Properties: object): TemplateResource => ({
  Type: 'AWS::IAM::Role',
  Properties: { AssumeRolePolicyDocument: TRUST, ...Properties },
});

const deploy = (stackName: string, Resources: Template['Resources']) =>
  started.sandbox.deployTemplate({ stackName, template: { Resources } });

function clientOf(roleArn: string): SSMClient {
  return started.sandbox.client(SSMClient, { credentials: started.sandbox.iam.issueCredentials(roleArn, 'env') });
}
const put = (client: SSMClient) =>
  client.send(new PutParameterCommand({ Name: '/iam/a', Value: 'x', Type: 'String', Overwrite: true }));
const get = (client: SSMClient) => client.send(new GetParameterCommand({ Name: '/iam/a' }));

describe('a role of a stack', () => {
  test('allows what its inline, added and managed policies allow together', async () => {
    const stack = await deploy('iam-three', {
      Role: role({
        RoleName: 'three',
        Path: '/app/',
        Policies: [{ PolicyName: 'inline', PolicyDocument: policy(allow('ssm:PutParameter')) }],
        ManagedPolicyArns: [{ Ref: 'Managed' }],
      }),
      Managed: {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: { PolicyDocument: policy({ ...allow('ssm:GetParameter') }) },
      },
      Added: {
        Type: 'AWS::IAM::Policy',
        Properties: {
          PolicyName: 'added',
          Roles: [{ Ref: 'Role' }],
          PolicyDocument: policy({ ...allow('ssm:Delete*'), Effect: 'Deny' }),
        },
      },
    });
    expect(stack.resources.Role).toMatchObject({
      physicalId: 'three',
      attributes: { Arn: 'arn:aws:iam::123456789012:role/app/three' },
    });
    const client = clientOf(stack.resources.Role!.attributes.Arn!);
    await put(client);
    expect((await get(client)).Parameter?.Value).toBe('x');
    const origins = started.sandbox.iam.statements('three').map(({ origin }) => `${origin.index} ${origin.policyName}`);
    expect(origins).toEqual(['0 inline', '1 added', expect.stringMatching(/^2 iam-three-Managed-/)]);
    expect(started.sandbox.calls().at(-1)).toMatchObject({ operation: 'GetParameter', roleName: 'three' });
  });

  test('ends with its stack, and its keys with it', async () => {
    const stack = await deploy('iam-gone', { Role: role({}) });
    const arn = stack.resources.Role!.attributes.Arn!;
    const client = clientOf(arn);
    await started.sandbox.remove('iam-gone');
    await expect(get(client)).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
    expect(() => started.sandbox.iam.issueCredentials(arn, 'env')).toThrow('cannot be found');
  });

  test('knows AWS’s basic execution policy', async () => {
    const arn = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
    const stack = await deploy('iam-basic', { Role: role({ ManagedPolicyArns: [arn] }) });
    const may = () =>
      started.sandbox.peers.iam.assertRoleAllows(
        stack.resources.Role!.attributes.Arn!,
        'logs:PutLogEvents',
        'arn:aws:logs:us-east-1:123456789012:log-group:x',
      );
    expect(may).not.toThrow();
  });

  test.each<[string, Record<string, unknown>, string]>([
    [
      'a managed policy that nobody knows',
      { ManagedPolicyArns: ['arn:aws:iam::aws:policy/PowerUserAccess'] },
      'PowerUserAccess',
    ],
    ['a property that is not emulated', { PermissionsBoundary: 'x' }, 'PermissionsBoundary'],
    [
      'an action without a service',
      {
        Policies: [{ PolicyName: 'p', PolicyDocument: policy({ Effect: 'Allow', Action: 'PutItem', Resource: '*' }) }],
      },
      'PutItem',
    ],
    [
      'a condition that is not judged',
      {
        Policies: [
          { PolicyName: 'p', PolicyDocument: policy({ ...allow('ssm:*'), Condition: { BinaryEquals: { a: 'b' } } }) },
        ],
      },
      'BinaryEquals',
    ],
    [
      'a statement without an action',
      { Policies: [{ PolicyName: 'p', PolicyDocument: policy({ Effect: 'Allow', Resource: '*' }) }] },
      'Action or NotAction',
    ],
    ['a name beyond 64 characters', { RoleName: 'x'.repeat(65) }, '64'],
  ])('with %s is refused by name', async (_, properties, message) => {
    await expect(deploy('iam-refused', { Role: role(properties) })).rejects.toThrow(message);
  });

  test('is assumed by the service that it trusts alone', async () => {
    const stack = await deploy('iam-trust', { Role: role({}) });
    const arn = stack.resources.Role!.attributes.Arn!;
    expect(() => started.sandbox.iam.assertServiceMayAssume(arn, 'lambda.amazonaws.com')).not.toThrow();
    expect(() => started.sandbox.iam.assertServiceMayAssume(arn, 'firehose.amazonaws.com')).toThrow(
      'cannot be assumed by firehose.amazonaws.com',
    );
  });
});

describe('which statement allowed what', () => {
  test('is recorded, and a statement can be taken out of force and put back', async () => {
    const stack = await deploy('iam-usage', {
      Role: role({
        RoleName: 'used',
        Policies: [
          {
            PolicyName: 'p',
            PolicyDocument: policy(
              allow('ssm:PutParameter', 'Write'),
              allow('ssm:GetParameter', 'Read'),
              allow('ssm:DeleteParameter'),
            ),
          },
        ],
      }),
    });
    const client = clientOf(stack.resources.Role!.attributes.Arn!);
    await put(client);
    await put(client);
    await get(client);
    const uses = started.sandbox.iam.usage().filter(({ roleName }) => roleName === 'used');
    const resource = 'arn:aws:ssm:us-east-1:123456789012:parameter/iam/a';
    expect(uses).toEqual([
      { roleName: 'used', policyName: 'p', statementIndex: 0, sid: 'Write', action: 'ssm:PutParameter', resource },
      { roleName: 'used', policyName: 'p', statementIndex: 1, sid: 'Read', action: 'ssm:GetParameter', resource },
    ]);

    for (const statement of ['Read', 1] as const) {
      const putBack = started.sandbox.iam.withoutStatement('used', statement);
      await put(client);
      await expect(get(client)).rejects.toMatchObject({ name: 'AccessDeniedException' });
      putBack();
      await get(client);
    }
    expect(() => started.sandbox.iam.withoutStatement('used', 'Nope')).toThrow('no statement Nope');
    expect(() => started.sandbox.iam.withoutStatement('used', 3)).toThrow('no statement 3');
  });
});
