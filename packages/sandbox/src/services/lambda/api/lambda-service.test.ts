import {
  AddPermissionCommand,
  CreateAliasCommand,
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  DeleteAliasCommand,
  DeleteEventSourceMappingCommand,
  DeleteFunctionCommand,
  DeleteFunctionConcurrencyCommand,
  DeleteFunctionEventInvokeConfigCommand,
  GetAccountSettingsCommand,
  GetAliasCommand,
  GetEventSourceMappingCommand,
  GetFunctionCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  GetFunctionEventInvokeConfigCommand,
  GetPolicyCommand,
  InvokeCommand,
  ListAliasesCommand,
  ListEventSourceMappingsCommand,
  ListFunctionsCommand,
  ListLayersCommand,
  ListTagsCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  PutFunctionEventInvokeConfigCommand,
  RemovePermissionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  UpdateFunctionEventInvokeConfigCommand,
} from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { zipSync } from 'fflate';
import { fakeQueues, fakeStream } from '../testing/fake-sources.ts';
import { invoke } from '../testing/invoke.ts';
import { type LoneLambda, ROLE_ARN, startLoneLambda } from '../testing/lone-lambda.ts';

const STREAM = 'arn:aws:kinesis:us-east-1:123456789012:stream/telemetry';
const QUEUE = 'arn:aws:sqs:us-east-1:123456789012:failed';
const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:lamp';
const says = (word: string) => `export const handler = async () => ({ word: '${word}', color: process.env.COLOR });`;
const zipOf = (source: string) => zipSync({ 'index.mjs': Buffer.from(source) });

let lambda: LoneLambda;
let draw: number;
beforeEach(async () => {
  draw = 0.5;
  lambda = await startLoneLambda({
    lambda: { random: () => draw },
    others: { kinesis: fakeStream(['shardId-000000000000'], () => 0).peer, sqs: fakeQueues().peer },
  });
});
afterEach(() => lambda.stop());

describe('functions', () => {
  test('are created, read, listed and deleted', async () => {
    const created = await lambda.client.send(
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
      (await lambda.client.send(new ListFunctionsCommand({}))).Functions?.map(({ FunctionName }) => FunctionName),
    ).toEqual(['lamp']);
    expect(await lambda.client.send(new GetFunctionCommand({ FunctionName: ARN }))).toMatchObject({
      Configuration: { CodeSha256: created.CodeSha256 },
      Tags: { team: 'light' },
    });

    await lambda.client.send(new DeleteFunctionCommand({ FunctionName: 'lamp' }));

    await expect(invoke(lambda, 'lamp')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: `Function not found: ${ARN}`,
    });
  });

  test('change their configuration in new environments', async () => {
    await lambda.deploy('lamp', says('one'));
    expect((await invoke(lambda, 'lamp')).answer).toEqual({ word: 'one' });

    await lambda.client.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName: 'lamp',
        MemorySize: 512,
        Environment: { Variables: { COLOR: 'red' } },
      }),
    );

    expect((await invoke(lambda, 'lamp')).answer).toEqual({ word: 'one', color: 'red' });
    expect(await lambda.client.send(new GetFunctionConfigurationCommand({ FunctionName: 'lamp' }))).toMatchObject({
      MemorySize: 512,
      Timeout: 3,
      Environment: { Variables: { COLOR: 'red' } },
      LoggingConfig: { LogFormat: 'Text', LogGroup: '/aws/lambda/lamp' },
    });
    expect(lambda.fake.revoked).toHaveLength(1);
  });

  test('change their code', async () => {
    await lambda.deploy('lamp', says('one'));

    await lambda.client.send(new UpdateFunctionCodeCommand({ FunctionName: 'lamp', ZipFile: zipOf(says('two')) }));

    expect((await invoke(lambda, 'lamp')).answer).toEqual({ word: 'two' });
  });

  test.each([
    ['reserved keys', { Environment: { Variables: { AWS_REGION: 'x' } } }],
    ['4KB limit', { Environment: { Variables: { BIG: 'x'.repeat(4_097) } } }],
    ['MemorySize', { MemorySize: 64 }],
    ['Timeout', { Timeout: 901 }],
    ['Node.js functions only', { Runtime: 'python3.14' as const }],
    ['does not emulate UpdateFunctionConfiguration Layers', { Layers: ['arn'] }],
  ])('refuse what AWS refuses: %s', async (message, change) => {
    await lambda.deploy('lamp', says('one'));

    await expect(
      lambda.client.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'lamp', ...change })),
    ).rejects.toMatchObject({ name: 'InvalidParameterValueException', message: expect.stringContaining(message) });
  });

  test('refuse a template’s unknown property by name', async () => {
    await expect(lambda.deploy('lamp', says('one'), { VpcConfig: {} })).rejects.toThrow(
      'AWS::Lambda::Function VpcConfig',
    );
  });

  test('refuse a change that does not know the last revision', async () => {
    await lambda.deploy('lamp', says('one'));

    await expect(
      lambda.client.send(
        new UpdateFunctionConfigurationCommand({ FunctionName: 'lamp', RevisionId: 'old', Timeout: 9 }),
      ),
    ).rejects.toMatchObject({ name: 'PreconditionFailedException' });
  });

  test('carry tags', async () => {
    await lambda.deploy('lamp', says('one'), { Tags: [{ Key: 'a', Value: '1' }] });

    await lambda.client.send(new TagResourceCommand({ Resource: ARN, Tags: { b: '2' } }));
    await lambda.client.send(new UntagResourceCommand({ Resource: ARN, TagKeys: ['a'] }));

    expect((await lambda.client.send(new ListTagsCommand({ Resource: ARN }))).Tags).toEqual({ b: '2' });
  });
});

describe('invocations over the API', () => {
  test('a dry run runs nothing', async () => {
    await lambda.deploy('lamp', says('one'));

    const { StatusCode } = await lambda.client.send(
      new InvokeCommand({ FunctionName: 'lamp', InvocationType: 'DryRun' }),
    );

    expect(StatusCode).toBe(204);
    expect(lambda.messages('lamp')).toEqual([]);
  });

  test('refuse a payload that is no JSON, and one over 6 MB', async () => {
    await lambda.deploy('lamp', says('one'));

    await expect(lambda.client.send(new InvokeCommand({ FunctionName: 'lamp', Payload: '{' }))).rejects.toMatchObject({
      name: 'InvalidRequestContentException',
    });
    await expect(
      lambda.client.send(new InvokeCommand({ FunctionName: 'lamp', Payload: JSON.stringify('x'.repeat(6_291_456)) })),
    ).rejects.toMatchObject({ name: 'RequestTooLargeException' });
  });

  test('an operation that the sandbox lacks is named', async () => {
    await expect(lambda.client.send(new ListLayersCommand({}))).rejects.toThrow('GET /2018-10-31/layers');
  });
});

describe('versions and aliases', () => {
  test('a version keeps what was published', async () => {
    await lambda.deploy('lamp', says('one'));
    const first = await lambda.client.send(new PublishVersionCommand({ FunctionName: 'lamp' }));
    const same = await lambda.client.send(new PublishVersionCommand({ FunctionName: 'lamp' }));
    await lambda.client.send(new UpdateFunctionCodeCommand({ FunctionName: 'lamp', ZipFile: zipOf(says('two')) }));

    expect([first.Version, same.Version]).toEqual(['1', '1']);
    expect(await invoke(lambda, `${ARN}:1`)).toMatchObject({ answer: { word: 'one' }, executedVersion: '1' });
    expect(await invoke(lambda, 'lamp')).toMatchObject({ answer: { word: 'two' }, executedVersion: '$LATEST' });
    const { Versions } = await lambda.client.send(new ListVersionsByFunctionCommand({ FunctionName: 'lamp' }));
    expect(Versions?.map(({ FunctionArn }) => FunctionArn)).toEqual([`${ARN}:$LATEST`, `${ARN}:1`]);
  });

  test('an alias leads to its version, and by weight to another', async () => {
    await lambda.deploy('lamp', says('one'));
    await lambda.client.send(new PublishVersionCommand({ FunctionName: 'lamp' }));
    await lambda.client.send(
      new UpdateFunctionCodeCommand({ FunctionName: 'lamp', ZipFile: zipOf(says('two')), Publish: true }),
    );
    await lambda.client.send(new CreateAliasCommand({ FunctionName: 'lamp', Name: 'live', FunctionVersion: '1' }));
    expect((await invoke(lambda, 'lamp:live')).executedVersion).toBe('1');

    await lambda.client.send(
      new UpdateAliasCommand({
        FunctionName: 'lamp',
        Name: 'live',
        RoutingConfig: { AdditionalVersionWeights: { '2': 0.3 } },
      }),
    );

    draw = 0.29;
    expect((await invoke(lambda, 'lamp:live')).executedVersion).toBe('2');
    draw = 0.31;
    expect((await invoke(lambda, 'lamp:live')).executedVersion).toBe('1');
    expect(await lambda.client.send(new GetAliasCommand({ FunctionName: 'lamp', Name: 'live' }))).toMatchObject({
      AliasArn: `${ARN}:live`,
      RoutingConfig: { AdditionalVersionWeights: { '2': 0.3 } },
    });
    await lambda.client.send(new DeleteAliasCommand({ FunctionName: 'lamp', Name: 'live' }));
    expect((await lambda.client.send(new ListAliasesCommand({ FunctionName: 'lamp' }))).Aliases).toEqual([]);
    await expect(invoke(lambda, 'lamp:live')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('come from templates too', async () => {
    await lambda.deploy('lamp', says('one'));
    const version = await lambda.provide('AWS::Lambda::Version', { FunctionName: ARN });
    const alias = await lambda.provide('AWS::Lambda::Alias', {
      FunctionName: 'lamp',
      Name: 'live',
      FunctionVersion: version.attributes?.Version,
      RoutingConfig: { AdditionalVersionWeights: [] },
    });

    expect([version.ref, alias.ref]).toEqual([`${ARN}:1`, `${ARN}:live`]);
    expect((await invoke(lambda, alias.ref)).executedVersion).toBe('1');
    await expect(lambda.provide('AWS::Lambda::Version', { FunctionName: ARN, CodeSha256: 'other' })).rejects.toThrow(
      'CodeSHA256',
    );
  });
});

describe('concurrency', () => {
  test('is reserved, read and freed', async () => {
    await lambda.deploy('lamp', says('one'));
    await lambda.client.send(
      new PutFunctionConcurrencyCommand({ FunctionName: 'lamp', ReservedConcurrentExecutions: 900 }),
    );
    expect(await lambda.client.send(new GetFunctionConcurrencyCommand({ FunctionName: 'lamp' }))).toMatchObject({
      ReservedConcurrentExecutions: 900,
    });
    expect((await lambda.client.send(new GetAccountSettingsCommand({}))).AccountLimit).toMatchObject({
      ConcurrentExecutions: 1_000,
      UnreservedConcurrentExecutions: 100,
    });
    await expect(
      lambda.client.send(
        new PutFunctionConcurrencyCommand({ FunctionName: 'lamp', ReservedConcurrentExecutions: 901 }),
      ),
    ).rejects.toMatchObject({ name: 'InvalidParameterValueException' });

    await lambda.client.send(new DeleteFunctionConcurrencyCommand({ FunctionName: 'lamp' }));

    const freed = await lambda.client.send(new GetFunctionConcurrencyCommand({ FunctionName: 'lamp' }));
    expect(freed.ReservedConcurrentExecutions).toBeUndefined();
  });

  test('used up throttles with its reason', async () => {
    await lambda.deploy('lamp', says('one'), { ReservedConcurrentExecutions: 0 });

    await expect(invoke(lambda, 'lamp')).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
      $metadata: { httpStatusCode: 429 },
    });
    expect(lambda.fake.metrics.filter(({ name }) => name === 'Throttles')).toHaveLength(3);
    expect(lambda.fake.metrics.filter(({ name }) => name === 'Invocations')).toEqual([]);
  });
});

describe('a function’s policy', () => {
  const logs = (sourceArn: string) => ({
    functionName: 'lamp',
    payload: Buffer.from('{}'),
    principal: {
      kind: 'service',
      service: 'logs.us-east-1.amazonaws.com',
      sourceArn,
      sourceAccount: '123456789012',
    } as const,
  });
  const GROUP = 'arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/other:*';

  test('lets a service in only for its source', async () => {
    await lambda.deploy('lamp', says('one'));
    await expect(lambda.peer.invoke(logs(GROUP))).rejects.toMatchObject({ code: 'AccessDeniedException' });

    await lambda.provide('AWS::Lambda::Permission', {
      FunctionName: ARN,
      Action: 'lambda:InvokeFunction',
      Principal: 'logs.amazonaws.com',
      SourceArn: 'arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/*',
      SourceAccount: '123456789012',
    });

    expect((await lambda.peer.invoke(logs(GROUP))).statusCode).toBe(200);
    expect(() => lambda.peer.assertInvokable('lamp', logs(GROUP).principal)).not.toThrow();
    const elsewhere = logs('arn:aws:logs:us-east-1:123456789012:log-group:/ecs/other:*');
    await expect(lambda.peer.invoke(elsewhere)).rejects.toMatchObject({ code: 'AccessDeniedException' });
    const stranger = { ...logs(GROUP).principal, sourceAccount: '999999999999' };
    await expect(lambda.peer.invoke({ ...logs(GROUP), principal: stranger })).rejects.toMatchObject({
      code: 'AccessDeniedException',
    });
    const events = { ...logs(GROUP).principal, service: 'events.amazonaws.com' };
    expect(() => lambda.peer.assertInvokable('lamp', events)).toThrow(
      'not authorized to perform: lambda:InvokeFunction',
    );
  });

  test('is added to, read and taken from over the API', async () => {
    await lambda.deploy('lamp', says('one'));
    await lambda.client.send(
      new AddPermissionCommand({
        FunctionName: 'lamp',
        StatementId: 's1',
        Action: 'lambda:InvokeFunction',
        Principal: 'events.amazonaws.com',
      }),
    );
    const { Policy } = await lambda.client.send(new GetPolicyCommand({ FunctionName: 'lamp' }));
    expect(JSON.parse(Policy ?? '').Statement).toEqual([
      {
        Sid: 's1',
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'lambda:InvokeFunction',
        Resource: ARN,
      },
    ]);
    await expect(
      lambda.client.send(
        new AddPermissionCommand({
          FunctionName: 'lamp',
          StatementId: 's1',
          Action: 'lambda:InvokeFunction',
          Principal: '*',
        }),
      ),
    ).rejects.toMatchObject({ name: 'ResourceConflictException' });

    await lambda.client.send(new RemovePermissionCommand({ FunctionName: 'lamp', StatementId: 's1' }));

    await expect(lambda.client.send(new GetPolicyCommand({ FunctionName: 'lamp' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});

describe('asynchronous settings', () => {
  test('are put, updated, read and deleted', async () => {
    await lambda.deploy('lamp', says('one'));
    const FunctionName = 'lamp';
    await lambda.client.send(
      new PutFunctionEventInvokeConfigCommand({
        FunctionName,
        MaximumRetryAttempts: 1,
        DestinationConfig: { OnFailure: { Destination: QUEUE } },
      }),
    );
    await lambda.client.send(
      new UpdateFunctionEventInvokeConfigCommand({ FunctionName, MaximumEventAgeInSeconds: 60 }),
    );

    expect(await lambda.client.send(new GetFunctionEventInvokeConfigCommand({ FunctionName }))).toMatchObject({
      FunctionArn: `${ARN}:$LATEST`,
      MaximumRetryAttempts: 1,
      MaximumEventAgeInSeconds: 60,
      DestinationConfig: { OnSuccess: {}, OnFailure: { Destination: QUEUE } },
    });
    await lambda.client.send(new DeleteFunctionEventInvokeConfigCommand({ FunctionName }));
    await expect(lambda.client.send(new GetFunctionEventInvokeConfigCommand({ FunctionName }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});

describe('event source mappings', () => {
  test('are created with AWS’s defaults, listed and deleted', async () => {
    await lambda.deploy('lamp', says('one'));
    const { UUID } = await lambda.client.send(
      new CreateEventSourceMappingCommand({ FunctionName: 'lamp', EventSourceArn: STREAM, StartingPosition: 'LATEST' }),
    );

    expect(await lambda.client.send(new GetEventSourceMappingCommand({ UUID }))).toMatchObject({
      BatchSize: 100,
      MaximumBatchingWindowInSeconds: 0,
      ParallelizationFactor: 1,
      MaximumRetryAttempts: -1,
      MaximumRecordAgeInSeconds: -1,
      BisectBatchOnFunctionError: false,
      State: 'Enabled',
      FunctionArn: ARN,
    });
    await expect(
      lambda.client.send(
        new CreateEventSourceMappingCommand({ FunctionName: ARN, EventSourceArn: STREAM, StartingPosition: 'LATEST' }),
      ),
    ).rejects.toMatchObject({ name: 'ResourceConflictException' });
    await lambda.client.send(new DeleteEventSourceMappingCommand({ UUID }));
    const { EventSourceMappings } = await lambda.client.send(
      new ListEventSourceMappingsCommand({ FunctionName: 'lamp' }),
    );
    expect(EventSourceMappings).toEqual([]);
  });
});

describe('what a call needs', () => {
  const describeCall = (method: string, url: string, body = '') =>
    lambda.service.describe({ method, url, headers: {}, body: Buffer.from(body) });

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
    await lambda.deploy('lamp', says('one'));

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
