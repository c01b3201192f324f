import {
  AddPermissionCommand,
  CreateAliasCommand,
  DeleteAliasCommand,
  GetAliasCommand,
  GetPolicyCommand,
  ListAliasesCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  RemovePermissionCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda';
import { describe, expect, test } from '@jest/globals';
import { ApiSuite, ARN, says, zipOf } from '../testing/api-suite.ts';
import { invoke } from '../testing/invoke.ts';

const suite = new ApiSuite();

describe('versions and aliases', () => {
  test('a version keeps what was published', async () => {
    await suite.lambda.deploy('lamp', says('one'));
    const first = await suite.lambda.client.send(new PublishVersionCommand({ FunctionName: 'lamp' }));
    const same = await suite.lambda.client.send(new PublishVersionCommand({ FunctionName: 'lamp' }));
    await suite.lambda.client.send(
      new UpdateFunctionCodeCommand({ FunctionName: 'lamp', ZipFile: zipOf(says('two')) }),
    );

    expect([first.Version, same.Version]).toEqual(['1', '1']);
    expect(await invoke(suite.lambda, `${ARN}:1`)).toMatchObject({ answer: { word: 'one' }, executedVersion: '1' });
    expect(await invoke(suite.lambda, 'lamp')).toMatchObject({ answer: { word: 'two' }, executedVersion: '$LATEST' });
    const { Versions } = await suite.lambda.client.send(new ListVersionsByFunctionCommand({ FunctionName: 'lamp' }));
    expect(Versions?.map(({ FunctionArn }) => FunctionArn)).toEqual([`${ARN}:$LATEST`, `${ARN}:1`]);
  });

  test('an alias leads to its version, and by weight to another', async () => {
    await suite.lambda.deploy('lamp', says('one'));
    await suite.lambda.client.send(new PublishVersionCommand({ FunctionName: 'lamp' }));
    await suite.lambda.client.send(
      new UpdateFunctionCodeCommand({ FunctionName: 'lamp', ZipFile: zipOf(says('two')), Publish: true }),
    );
    await suite.lambda.client.send(
      new CreateAliasCommand({ FunctionName: 'lamp', Name: 'live', FunctionVersion: '1' }),
    );
    expect((await invoke(suite.lambda, 'lamp:live')).executedVersion).toBe('1');

    await suite.lambda.client.send(
      new UpdateAliasCommand({
        FunctionName: 'lamp',
        Name: 'live',
        RoutingConfig: { AdditionalVersionWeights: { '2': 0.3 } },
      }),
    );

    suite.draw = 0.29;
    expect((await invoke(suite.lambda, 'lamp:live')).executedVersion).toBe('2');
    suite.draw = 0.31;
    expect((await invoke(suite.lambda, 'lamp:live')).executedVersion).toBe('1');
    expect(await suite.lambda.client.send(new GetAliasCommand({ FunctionName: 'lamp', Name: 'live' }))).toMatchObject({
      AliasArn: `${ARN}:live`,
      RoutingConfig: { AdditionalVersionWeights: { '2': 0.3 } },
    });
    await suite.lambda.client.send(new DeleteAliasCommand({ FunctionName: 'lamp', Name: 'live' }));
    expect((await suite.lambda.client.send(new ListAliasesCommand({ FunctionName: 'lamp' }))).Aliases).toEqual([]);
    await expect(invoke(suite.lambda, 'lamp:live')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('come from templates too', async () => {
    await suite.lambda.deploy('lamp', says('one'));
    const version = await suite.lambda.provide('AWS::Lambda::Version', { FunctionName: ARN });
    const alias = await suite.lambda.provide('AWS::Lambda::Alias', {
      FunctionName: 'lamp',
      Name: 'live',
      FunctionVersion: version.attributes?.Version,
      RoutingConfig: { AdditionalVersionWeights: [] },
    });

    expect([version.ref, alias.ref]).toEqual([`${ARN}:1`, `${ARN}:live`]);
    expect((await invoke(suite.lambda, alias.ref)).executedVersion).toBe('1');
    await expect(
      suite.lambda.provide('AWS::Lambda::Version', { FunctionName: ARN, CodeSha256: 'other' }),
    ).rejects.toThrow('CodeSHA256');
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
    await suite.lambda.deploy('lamp', says('one'));
    await expect(suite.lambda.peer.invoke(logs(GROUP))).rejects.toMatchObject({ code: 'AccessDeniedException' });

    await suite.lambda.provide('AWS::Lambda::Permission', {
      FunctionName: ARN,
      Action: 'lambda:InvokeFunction',
      Principal: 'logs.amazonaws.com',
      SourceArn: 'arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/*',
      SourceAccount: '123456789012',
    });

    expect((await suite.lambda.peer.invoke(logs(GROUP))).statusCode).toBe(200);
    expect(() => suite.lambda.peer.assertInvokable('lamp', logs(GROUP).principal)).not.toThrow();
    const elsewhere = logs('arn:aws:logs:us-east-1:123456789012:log-group:/ecs/other:*');
    await expect(suite.lambda.peer.invoke(elsewhere)).rejects.toMatchObject({ code: 'AccessDeniedException' });
    const stranger = { ...logs(GROUP).principal, sourceAccount: '999999999999' };
    await expect(suite.lambda.peer.invoke({ ...logs(GROUP), principal: stranger })).rejects.toMatchObject({
      code: 'AccessDeniedException',
    });
    const events = { ...logs(GROUP).principal, service: 'events.amazonaws.com' };
    expect(() => suite.lambda.peer.assertInvokable('lamp', events)).toThrow(
      'not authorized to perform: lambda:InvokeFunction',
    );
  });

  test('is added to, read and taken from over the API', async () => {
    await suite.lambda.deploy('lamp', says('one'));
    await suite.lambda.client.send(
      new AddPermissionCommand({
        FunctionName: 'lamp',
        StatementId: 's1',
        Action: 'lambda:InvokeFunction',
        Principal: 'events.amazonaws.com',
      }),
    );
    const { Policy } = await suite.lambda.client.send(new GetPolicyCommand({ FunctionName: 'lamp' }));
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
      suite.lambda.client.send(
        new AddPermissionCommand({
          FunctionName: 'lamp',
          StatementId: 's1',
          Action: 'lambda:InvokeFunction',
          Principal: '*',
        }),
      ),
    ).rejects.toMatchObject({ name: 'ResourceConflictException' });

    await suite.lambda.client.send(new RemovePermissionCommand({ FunctionName: 'lamp', StatementId: 's1' }));

    await expect(suite.lambda.client.send(new GetPolicyCommand({ FunctionName: 'lamp' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});
