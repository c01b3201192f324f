import {
  CreateEventSourceMappingCommand,
  DeleteEventSourceMappingCommand,
  DeleteFunctionConcurrencyCommand,
  DeleteFunctionEventInvokeConfigCommand,
  GetAccountSettingsCommand,
  GetEventSourceMappingCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionEventInvokeConfigCommand,
  ListEventSourceMappingsCommand,
  PutFunctionConcurrencyCommand,
  PutFunctionEventInvokeConfigCommand,
  UpdateFunctionEventInvokeConfigCommand,
} from '@aws-sdk/client-lambda';
import { describe, expect, test } from '@jest/globals';
import { ApiSuite, ARN, QUEUE, STREAM, says } from '../testing/api-suite.ts';
import { invoke } from '../testing/invoke.ts';

const suite = new ApiSuite();

describe('concurrency', () => {
  test('is reserved, read and freed', async () => {
    await suite.lambda.deploy('lamp', says('one'));
    await suite.lambda.client.send(
      new PutFunctionConcurrencyCommand({ FunctionName: 'lamp', ReservedConcurrentExecutions: 900 }),
    );
    expect(await suite.lambda.client.send(new GetFunctionConcurrencyCommand({ FunctionName: 'lamp' }))).toMatchObject({
      ReservedConcurrentExecutions: 900,
    });
    expect((await suite.lambda.client.send(new GetAccountSettingsCommand({}))).AccountLimit).toMatchObject({
      ConcurrentExecutions: 1_000,
      UnreservedConcurrentExecutions: 100,
    });
    await expect(
      suite.lambda.client.send(
        new PutFunctionConcurrencyCommand({ FunctionName: 'lamp', ReservedConcurrentExecutions: 901 }),
      ),
    ).rejects.toMatchObject({ name: 'InvalidParameterValueException' });

    await suite.lambda.client.send(new DeleteFunctionConcurrencyCommand({ FunctionName: 'lamp' }));

    const freed = await suite.lambda.client.send(new GetFunctionConcurrencyCommand({ FunctionName: 'lamp' }));
    expect(freed.ReservedConcurrentExecutions).toBeUndefined();
  });

  test('used up throttles with its reason', async () => {
    await suite.lambda.deploy('lamp', says('one'), { ReservedConcurrentExecutions: 0 });

    await expect(invoke(suite.lambda, 'lamp')).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
      $metadata: { httpStatusCode: 429 },
    });
    expect(suite.lambda.fake.metrics.filter(({ name }) => name === 'Throttles')).toHaveLength(3);
    expect(suite.lambda.fake.metrics.filter(({ name }) => name === 'Invocations')).toEqual([]);
  });
});

describe('asynchronous settings', () => {
  test('are put, updated, read and deleted', async () => {
    await suite.lambda.deploy('lamp', says('one'));
    const FunctionName = 'lamp';
    await suite.lambda.client.send(
      new PutFunctionEventInvokeConfigCommand({
        FunctionName,
        MaximumRetryAttempts: 1,
        DestinationConfig: { OnFailure: { Destination: QUEUE } },
      }),
    );
    await suite.lambda.client.send(
      new UpdateFunctionEventInvokeConfigCommand({ FunctionName, MaximumEventAgeInSeconds: 60 }),
    );

    expect(await suite.lambda.client.send(new GetFunctionEventInvokeConfigCommand({ FunctionName }))).toMatchObject({
      FunctionArn: `${ARN}:$LATEST`,
      MaximumRetryAttempts: 1,
      MaximumEventAgeInSeconds: 60,
      DestinationConfig: { OnSuccess: {}, OnFailure: { Destination: QUEUE } },
    });
    await suite.lambda.client.send(new DeleteFunctionEventInvokeConfigCommand({ FunctionName }));
    await expect(
      suite.lambda.client.send(new GetFunctionEventInvokeConfigCommand({ FunctionName })),
    ).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});

describe('event source mappings', () => {
  test('are created with AWS’s defaults, listed and deleted', async () => {
    await suite.lambda.deploy('lamp', says('one'));
    const { UUID } = await suite.lambda.client.send(
      new CreateEventSourceMappingCommand({ FunctionName: 'lamp', EventSourceArn: STREAM, StartingPosition: 'LATEST' }),
    );

    expect(await suite.lambda.client.send(new GetEventSourceMappingCommand({ UUID }))).toMatchObject({
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
      suite.lambda.client.send(
        new CreateEventSourceMappingCommand({ FunctionName: ARN, EventSourceArn: STREAM, StartingPosition: 'LATEST' }),
      ),
    ).rejects.toMatchObject({ name: 'ResourceConflictException' });
    await suite.lambda.client.send(new DeleteEventSourceMappingCommand({ UUID }));
    const { EventSourceMappings } = await suite.lambda.client.send(
      new ListEventSourceMappingsCommand({ FunctionName: 'lamp' }),
    );
    expect(EventSourceMappings).toEqual([]);
  });
});
