import { describe, expect, test } from '@jest/globals';
import type { HostProvider } from '../host.ts';
import { frameworkAws } from './framework-aws.ts';
import { readAccountPolicies } from './read-account-policies.ts';

const provider: HostProvider = {
  getStage: () => 'dev',
  getRegion: () => 'us-east-1',
  naming: { getLambdaLogicalId: (name) => name, getStackName: () => 'shop-dev' },
};

/** An error as osls 3 and Serverless 3 and 4 wrap those of AWS. */
const awsError = (code: string) => Object.assign(new Error('no'), { code: 'AWS_SSM', providerError: { code } });

describe('the way to AWS', () => {
  test('of osls 3 and Serverless 3 and 4 is provider.request', async () => {
    const asked: unknown[] = [];
    const request = async (...call: unknown[]) => {
      asked.push(call);
      return { Parameter: { Value: 'arn' } };
    };
    expect(await (await frameworkAws({ ...provider, request })).parameter('/a')).toBe('arn');
    expect(asked).toEqual([['SSM', 'getParameter', { Name: '/a' }]]);
  });

  test('of osls 4 are clients of its configuration, though request is still there and throws', async () => {
    let configured = 0;
    const osls4 = {
      ...provider,
      request: () => {
        throw new Error('provider.request() is gone');
      },
      getAwsSdkV3Config: async () => {
        configured += 1;
        return { region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };
      },
    };
    expect(Object.keys(await frameworkAws(osls4))).toEqual([
      ...['parameter', 'filters', 'group', 'deployedTemplate', 'accountPolicies'],
    ]);
    expect(configured).toBe(1);
  });

  test('of a framework that has neither is an error that says so', async () => {
    await expect(frameworkAws(provider)).rejects.toMatchObject({ code: 'LAMPLIGHTER_FRAMEWORK' });
  });

  test('a stack that is not there has no template, and a template that is no JSON says nothing', async () => {
    const answering = (answer: unknown) =>
      frameworkAws({
        ...provider,
        request: async () => {
          if (answer instanceof Error) throw answer;
          return answer;
        },
      });
    const none = await answering(new Error('Stack with id shop-dev does not exist'));
    expect(await none.deployedTemplate('shop-dev')).toBeUndefined();
    expect(await (await answering({ TemplateBody: '{"a":1}' })).deployedTemplate('s')).toEqual({ a: 1 });
    expect(await (await answering({ TemplateBody: 'a: 1' })).deployedTemplate('s')).toEqual({});
  });

  test('what is not there is nothing, any other error is one', async () => {
    const failing = (code: string) =>
      frameworkAws({
        ...provider,
        request: async () => {
          throw awsError(code);
        },
      });
    expect(await (await failing('ParameterNotFound')).parameter('/a')).toBeUndefined();
    expect(await (await failing('ResourceNotFoundException')).filters('/a')).toEqual([]);
    await expect((await failing('AccessDeniedException')).filters('/a')).rejects.toThrow('no');
  });
});

test('a policy document that is none leads nowhere', () => {
  const documents = [undefined, '{', '{}', 'null', '{"DestinationArn":"arn"}'];
  expect(readAccountPolicies(documents.map((policyDocument) => ({ policyName: 'p', policyDocument })))).toEqual([
    { name: 'p', destinationArn: 'arn', filterPattern: '' },
  ]);
});

test('a group is told from those whose names begin like its own', async () => {
  const request = async () => ({
    logGroups: [{ logGroupName: '/a/b', retentionInDays: 7 }, { logGroupName: '/a/bc' }],
  });
  const aws = await frameworkAws({ ...provider, request });
  expect([await aws.group('/a/b'), await aws.group('/a/bc'), await aws.group('/a')]).toEqual([
    { retentionDays: 7 },
    {},
    undefined,
  ]);
});
