import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { PolicyPrincipal } from '../../iam/policies/policy-document.ts';
import { clientOfRole } from '../../testing/client-of-role.ts';
import { startTestSandbox, type TestSandbox } from '../../testing/start-test-sandbox.ts';

let started: TestSandbox;
let sts: STSClient;

beforeAll(async () => {
  started = await startTestSandbox({ services: ['sts'] });
  sts = started.sandbox.client(STSClient);
});
afterAll(() => started.stop());

let stacks = 0;
async function roleTrusting(Principal: PolicyPrincipal, properties: object = {}): Promise<string> {
  const stack = await started.sandbox.deployTemplate({
    stackName: `sts-${++stacks}`,
    template: {
      Resources: {
        Role: {
          Type: 'AWS::IAM::Role',
          Properties: {
            AssumeRolePolicyDocument: {
              Version: '2012-10-17',
              Statement: { Effect: 'Allow', Principal, Action: 'sts:AssumeRole' },
            },
            ...properties,
          },
        },
      },
    },
  });
  return stack.resources.Role!.attributes.Arn!;
}

const ACCOUNT = { AWS: 'arn:aws:iam::123456789012:root' };
const assume = (client: STSClient, RoleArn: string, rest: object = {}) =>
  client.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'night-shift', ...rest }));

test('a session of a role is its own caller until it expires', async () => {
  const roleArn = await roleTrusting(ACCOUNT);
  const { Credentials, AssumedRoleUser } = await assume(sts, roleArn, { DurationSeconds: 900 });
  const roleName = roleArn.split('/').at(-1);
  expect(AssumedRoleUser?.Arn).toBe(`arn:aws:sts::123456789012:assumed-role/${roleName}/night-shift`);
  expect(Credentials?.Expiration).toEqual(new Date(started.clock.now() + 900_000));
  const credentials = {
    accessKeyId: Credentials!.AccessKeyId!,
    secretAccessKey: Credentials!.SecretAccessKey!,
    sessionToken: Credentials!.SessionToken!,
  };
  const session = started.sandbox.client(STSClient, { credentials });
  expect((await session.send(new GetCallerIdentityCommand({}))).Arn).toBe(AssumedRoleUser?.Arn);

  const tokenless = started.sandbox.client(STSClient, { credentials: { ...credentials, sessionToken: 'stolen' } });
  await expect(tokenless.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
    name: 'InvalidClientTokenId',
  });

  await started.clock.advance(900_000);
  await expect(session.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: 'ExpiredToken' });
});

describe('who may assume a role', () => {
  test('not the administrator, where it trusts only a service', async () => {
    await expect(assume(sts, await roleTrusting({ Service: 'lambda.amazonaws.com' }))).rejects.toMatchObject({
      name: 'AccessDenied',
    });
  });

  test('a role that may, where the account is trusted', async () => {
    const roleArn = await roleTrusting(ACCOUNT);
    const mayAssume = await clientOfRole(started.sandbox, STSClient, [
      { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: roleArn },
    ]);
    await expect(assume(mayAssume, roleArn)).resolves.toHaveProperty('Credentials');
    const mayNot = await clientOfRole(started.sandbox, STSClient, []);
    await expect(assume(mayNot, roleArn)).rejects.toThrow('no identity-based policy allows the sts:AssumeRole action');
  });

  test('not a role that may, where the account is not trusted', async () => {
    const roleArn = await roleTrusting({ AWS: 'arn:aws:iam::999999999999:root' });
    const mayAssume = await clientOfRole(started.sandbox, STSClient, [
      { Effect: 'Allow', Action: 'sts:*', Resource: '*' },
    ]);
    await expect(assume(mayAssume, roleArn)).rejects.toThrow(
      'no resource-based policy allows the sts:AssumeRole action',
    );
  });
});

test.each([
  [{ RoleArn: 'arn:aws:iam::123456789012:role/absent' }, 'AccessDenied'],
  [{ DurationSeconds: 60 }, 'ValidationError'],
  [{ DurationSeconds: 7200 }, 'ValidationError'],
  [{ RoleSessionName: 'a b' }, 'ValidationError'],
])('%j is refused', async (rest, name) => {
  const roleArn = await roleTrusting(ACCOUNT);
  await expect(assume(sts, roleArn, rest)).rejects.toMatchObject({ name });
});

describe('a session policy', () => {
  const policy = (Resource: string) => ({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource }],
  });

  test('lets the session do what both it and the role allow, and nothing else', async () => {
    const [wanted, other] = [await roleTrusting(ACCOUNT), await roleTrusting(ACCOUNT)];
    const Policies = [{ PolicyName: 'assume', PolicyDocument: policy('*') }];
    const roleArn = await roleTrusting(ACCOUNT, { Policies });
    const { Credentials } = await assume(sts, roleArn, { Policy: JSON.stringify(policy(wanted)) });
    const credentials = {
      accessKeyId: Credentials!.AccessKeyId!,
      secretAccessKey: Credentials!.SecretAccessKey!,
      sessionToken: Credentials!.SessionToken!,
    };
    const narrowed = started.sandbox.client(STSClient, { credentials });

    await expect(assume(narrowed, wanted)).resolves.toHaveProperty('Credentials');
    await expect(assume(narrowed, other)).rejects.toThrow('no session policy allows the sts:AssumeRole action');
  });

  test('that is no policy is refused', async () => {
    const roleArn = await roleTrusting(ACCOUNT);
    await expect(assume(sts, roleArn, { Policy: '{' })).rejects.toMatchObject({
      name: 'MalformedPolicyDocumentException',
    });
  });
});
