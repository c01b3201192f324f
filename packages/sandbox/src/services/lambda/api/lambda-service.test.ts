import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  ListFunctionsCommand,
  ListLayersCommand,
  ListTagsCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { describe, expect, test } from '@jest/globals';
import { ApiSuite, ARN, says, zipOf } from '../testing/api-suite.ts';
import { invoke } from '../testing/invoke.ts';
import { ROLE_ARN } from '../testing/lone-lambda.ts';

const suite = new ApiSuite();

describe('functions', () => {
  test('are created, read, listed and deleted', async () => {
    const created = await suite.lambda.client.send(
      new CreateFunctionCommand({
        FunctionName: 'lamp',
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: ROLE_ARN,
        Code: { ZipFile: zipOf(says('one')) },
        Tags: { team: 'light' },
      }),
    );
    expect(created).toMatchObject({
      FunctionArn: ARN,
      MemorySize: 128,
      Timeout: 3,
      State: 'Active',
      Version: '$LATEST',
    });
    expect(
      (await suite.lambda.client.send(new ListFunctionsCommand({}))).Functions?.map(({ FunctionName }) => FunctionName),
    ).toEqual(['lamp']);
    expect(await suite.lambda.client.send(new GetFunctionCommand({ FunctionName: ARN }))).toMatchObject({
      Configuration: { CodeSha256: created.CodeSha256 },
      Tags: { team: 'light' },
    });

    await suite.lambda.client.send(new DeleteFunctionCommand({ FunctionName: 'lamp' }));

    await expect(invoke(suite.lambda, 'lamp')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: `Function not found: ${ARN}`,
    });
  });

  test('change their configuration in new environments', async () => {
    await suite.lambda.deploy('lamp', says('one'));
    expect((await invoke(suite.lambda, 'lamp')).answer).toEqual({ word: 'one' });

    await suite.lambda.client.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName: 'lamp',
        MemorySize: 512,
        Environment: { Variables: { COLOR: 'red' } },
      }),
    );

    expect((await invoke(suite.lambda, 'lamp')).answer).toEqual({ word: 'one', color: 'red' });
    expect(await suite.lambda.client.send(new GetFunctionConfigurationCommand({ FunctionName: 'lamp' }))).toMatchObject(
      {
        MemorySize: 512,
        Timeout: 60,
        Environment: { Variables: { COLOR: 'red' } },
        LoggingConfig: { LogFormat: 'Text', LogGroup: '/aws/lambda/lamp' },
      },
    );
    expect(suite.lambda.fake.revoked).toHaveLength(1);
  });

  test('change their code', async () => {
    await suite.lambda.deploy('lamp', says('one'));

    await suite.lambda.client.send(
      new UpdateFunctionCodeCommand({ FunctionName: 'lamp', ZipFile: zipOf(says('two')) }),
    );

    expect((await invoke(suite.lambda, 'lamp')).answer).toEqual({ word: 'two' });
  });

  test.each([
    ['reserved keys', { Environment: { Variables: { AWS_REGION: 'x' } } }],
    ['4KB limit', { Environment: { Variables: { BIG: 'x'.repeat(4_097) } } }],
    ['MemorySize', { MemorySize: 64 }],
    ['Timeout', { Timeout: 901 }],
    ['Node.js functions only', { Runtime: 'python3.14' as const }],
    ['does not emulate UpdateFunctionConfiguration Layers', { Layers: ['arn'] }],
  ])('refuse what AWS refuses: %s', async (message, change) => {
    await suite.lambda.deploy('lamp', says('one'));

    await expect(
      suite.lambda.client.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'lamp', ...change })),
    ).rejects.toMatchObject({ name: 'InvalidParameterValueException', message: expect.stringContaining(message) });
  });

  test('refuse a template’s unknown property by name', async () => {
    await expect(suite.lambda.deploy('lamp', says('one'), { VpcConfig: {} })).rejects.toThrow(
      'AWS::Lambda::Function VpcConfig',
    );
  });

  test('refuse a change that does not know the last revision', async () => {
    await suite.lambda.deploy('lamp', says('one'));

    await expect(
      suite.lambda.client.send(
        new UpdateFunctionConfigurationCommand({ FunctionName: 'lamp', RevisionId: 'old', Timeout: 9 }),
      ),
    ).rejects.toMatchObject({ name: 'PreconditionFailedException' });
  });

  test('carry tags', async () => {
    await suite.lambda.deploy('lamp', says('one'), { Tags: [{ Key: 'a', Value: '1' }] });

    await suite.lambda.client.send(new TagResourceCommand({ Resource: ARN, Tags: { b: '2' } }));
    await suite.lambda.client.send(new UntagResourceCommand({ Resource: ARN, TagKeys: ['a'] }));

    expect((await suite.lambda.client.send(new ListTagsCommand({ Resource: ARN }))).Tags).toEqual({ b: '2' });
  });
});

describe('invocations over the API', () => {
  test('a dry run runs nothing', async () => {
    await suite.lambda.deploy('lamp', says('one'));

    const { StatusCode } = await suite.lambda.client.send(
      new InvokeCommand({ FunctionName: 'lamp', InvocationType: 'DryRun' }),
    );

    expect(StatusCode).toBe(204);
    expect(suite.lambda.messages('lamp')).toEqual([]);
  });

  test('refuse a payload that is no JSON, and one over 6 MB', async () => {
    await suite.lambda.deploy('lamp', says('one'));

    await expect(
      suite.lambda.client.send(new InvokeCommand({ FunctionName: 'lamp', Payload: '{' })),
    ).rejects.toMatchObject({
      name: 'InvalidRequestContentException',
    });
    await expect(
      suite.lambda.client.send(
        new InvokeCommand({ FunctionName: 'lamp', Payload: JSON.stringify('x'.repeat(6_291_456)) }),
      ),
    ).rejects.toMatchObject({ name: 'RequestTooLargeException' });
  });

  test('an operation that the sandbox lacks is named', async () => {
    await expect(suite.lambda.client.send(new ListLayersCommand({}))).rejects.toThrow('GET /2018-10-31/layers');
  });
});

describe('what a call needs', () => {
  const describeCall = (method: string, url: string, body = '') =>
    suite.lambda.service.describe({ method, url, headers: {}, body: Buffer.from(body) });

  test.each([
    ['POST', '/2015-03-31/functions/lamp/invocations', 'Invoke', 'lambda:InvokeFunction', ARN],
    ['POST', '/2015-03-31/functions/lamp/invocations?Qualifier=live', 'Invoke', 'lambda:InvokeFunction', `${ARN}:live`],
    ['GET', `/2015-03-31/functions/${encodeURIComponent(ARN)}`, 'GetFunction', 'lambda:GetFunction', ARN],
    ['GET', '/2015-03-31/functions/', 'ListFunctions', 'lambda:ListFunctions', '*'],
    [
      'PUT',
      '/2015-03-31/functions/lamp/configuration',
      'UpdateFunctionConfiguration',
      'lambda:UpdateFunctionConfiguration',
      ARN,
    ],
    ['PUT', '/2017-10-31/functions/lamp/concurrency', 'PutFunctionConcurrency', 'lambda:PutFunctionConcurrency', ARN],
  ])('%s %s is %s', async (method, url, operation, action, resource) => {
    await suite.lambda.deploy('lamp', says('one'));

    expect(describeCall(method, url)).toMatchObject({
      service: 'lambda',
      operation,
      permissions: [{ action, resource }],
    });
  });

  test('to create a function one must be allowed to pass its role', () => {
    const { permissions } = describeCall(
      'POST',
      '/2015-03-31/functions',
      JSON.stringify({ FunctionName: 'lamp', Role: ROLE_ARN }),
    );

    expect(permissions).toContainEqual(expect.objectContaining({ action: 'iam:PassRole', resource: ROLE_ARN }));
  });
});
