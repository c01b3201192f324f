import {
  DeleteProvisionedConcurrencyConfigCommand,
  GetFunctionRecursionConfigCommand,
  GetProvisionedConcurrencyConfigCommand,
  ListProvisionedConcurrencyConfigsCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  PutFunctionRecursionConfigCommand,
  PutProvisionedConcurrencyConfigCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Invoked, invoke } from '../testing/invoke.ts';
import { type LoneLambda, startLoneLambda } from '../testing/lone-lambda.ts';

const SOURCE = `
const type = process.env.AWS_LAMBDA_INITIALIZATION_TYPE;
if (process.env.BROKEN) throw new Error('no light');
export const handler = async ({ ms = 0, exit } = {}) => { if (exit) process.exit(1); await new Promise((resolve) => setTimeout(resolve, ms)); return type; };
`;

let lambda: LoneLambda;
beforeEach(async () => {
  lambda = await startLoneLambda();
  await lambda.deploy('lamp', SOURCE);
  await lambda.client.send(new PublishVersionCommand({ FunctionName: 'lamp' }));
  await lambda.provide('AWS::Lambda::Alias', { FunctionName: 'lamp', FunctionVersion: '1', Name: 'live' });
});
afterEach(() => lambda.stop());

const put = (count: number, Qualifier = 'live') =>
  lambda.client.send(
    new PutProvisionedConcurrencyConfigCommand({
      FunctionName: 'lamp',
      Qualifier,
      ProvisionedConcurrentExecutions: count,
    }),
  );
const get = () =>
  lambda.client.send(new GetProvisionedConcurrencyConfigCommand({ FunctionName: 'lamp', Qualifier: 'live' }));
const isCold = ({ tail }: Invoked) => tail.includes('Init Duration');
const metric = (wanted: string) =>
  lambda.fake.metrics
    .filter(({ name, dimensions }) => name === wanted && dimensions.Resource === 'lamp:live')
    .map(({ value }) => value);

describe('provisioned concurrency', () => {
  test('is allocated after a minute of the clock, and none of it serves before', async () => {
    expect(await put(2)).toMatchObject({
      Status: 'IN_PROGRESS',
      RequestedProvisionedConcurrentExecutions: 2,
      AllocatedProvisionedConcurrentExecutions: 0,
    });
    expect(isCold(await invoke(lambda, 'lamp:live'))).toBe(true);

    await lambda.clock.advance(60_020);

    expect(await get()).toMatchObject({ Status: 'READY', AvailableProvisionedConcurrentExecutions: 2 });
    const invoked = await invoke(lambda, 'lamp:live');
    expect([isCold(invoked), invoked.answer]).toEqual([false, 'provisioned-concurrency']);
  });

  test('has no cold start within it; what it cannot take spills over', async () => {
    await put(2);
    await lambda.clock.advance(61_000);

    const invoked = await Promise.all([1, 2, 3].map(() => invoke(lambda, 'lamp:live', { ms: 300 })));

    expect(invoked.filter(isCold)).toHaveLength(1);
    expect(metric('ProvisionedConcurrencyInvocations')).toEqual([1, 1]);
    expect(metric('ProvisionedConcurrencySpilloverInvocations')).toEqual([1]);
    expect(metric('ProvisionedConcurrencyUtilization')).toEqual([0.5, 1]);
  });

  test('serves only the qualifier that it was asked for', async () => {
    await put(1);
    await lambda.clock.advance(61_000);

    expect((await invoke(lambda, 'lamp')).answer).toBe('on-demand');
    expect((await invoke(lambda, 'lamp:1')).answer).toBe('on-demand');
  });

  test('follows its alias to another version, after another minute', async () => {
    await put(1);
    await lambda.clock.advance(61_000);
    await lambda.client.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'lamp', MemorySize: 256 }));
    await lambda.client.send(new PublishVersionCommand({ FunctionName: 'lamp' }));

    await lambda.client.send(new UpdateAliasCommand({ FunctionName: 'lamp', Name: 'live', FunctionVersion: '2' }));

    expect(isCold(await invoke(lambda, 'lamp:live'))).toBe(true);
    await lambda.clock.advance(61_000);
    const invoked = await invoke(lambda, 'lamp:live');
    expect([invoked.answer, invoked.executedVersion]).toEqual(['provisioned-concurrency', '2']);
  });

  test('is listed, and ends its environments when it is deleted', async () => {
    await put(1);
    await lambda.clock.advance(61_000);
    const { ProvisionedConcurrencyConfigs } = await lambda.client.send(
      new ListProvisionedConcurrencyConfigsCommand({ FunctionName: 'lamp' }),
    );
    expect(ProvisionedConcurrencyConfigs).toMatchObject([
      { FunctionArn: expect.stringMatching(/:function:lamp:live$/), Status: 'READY' },
    ]);

    await lambda.client.send(
      new DeleteProvisionedConcurrencyConfigCommand({ FunctionName: 'lamp', Qualifier: 'live' }),
    );

    expect(lambda.fake.revoked).toEqual(lambda.fake.issued);
    await expect(get()).rejects.toMatchObject({ name: 'ProvisionedConcurrencyConfigNotFoundException' });
    expect((await invoke(lambda, 'lamp:live')).answer).toBe('on-demand');
  });

  test('fails where the init of the function fails', async () => {
    await lambda.client.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: 'lamp', Environment: { Variables: { BROKEN: '1' } } }),
    );
    await lambda.client.send(new PublishVersionCommand({ FunctionName: 'lamp' }));
    await lambda.client.send(new UpdateAliasCommand({ FunctionName: 'lamp', Name: 'live', FunctionVersion: '2' }));
    await put(1);
    await lambda.clock.advance(61_000);

    expect(await get()).toMatchObject({ Status: 'FAILED', StatusReason: 'FUNCTION_ERROR_INIT_FAILURE' });
  });

  test('replaces an environment that died', async () => {
    await put(1);
    await lambda.clock.advance(61_000);

    expect((await invoke(lambda, 'lamp:live', { exit: true })).functionError).toBe('Unhandled');

    const invoked = await invoke(lambda, 'lamp:live');
    expect([isCold(invoked), invoked.answer]).toEqual([false, 'provisioned-concurrency']);
  });

  test('of a stack is there when the stack is', async () => {
    await lambda.provide('AWS::Lambda::Alias', {
      FunctionName: 'lamp',
      FunctionVersion: '1',
      Name: 'warm',
      ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: '1' },
    });

    expect((await invoke(lambda, 'lamp:warm')).answer).toBe('provisioned-concurrency');
  });

  test.each([
    ['$LATEST', 1, 'unpublished function versions'],
    ['live', 0, 'failed to satisfy constraint'],
    ['live', 901, 'below its minimum value'],
  ])('on %s of %d is refused: %s', async (qualifier, count, message) => {
    await expect(put(count, qualifier)).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: expect.stringContaining(message),
    });
  });

  test('is bounded by reserved concurrency, and not for weighted aliases', async () => {
    await lambda.client.send(
      new PutFunctionConcurrencyCommand({ FunctionName: 'lamp', ReservedConcurrentExecutions: 3 }),
    );
    await expect(put(4)).rejects.toThrow('should not be greater than the reservedConcurrentExecution');
    await lambda.client.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'lamp', MemorySize: 256 }));
    await lambda.client.send(new PublishVersionCommand({ FunctionName: 'lamp' }));
    await lambda.client.send(
      new UpdateAliasCommand({
        FunctionName: 'lamp',
        Name: 'live',
        RoutingConfig: { AdditionalVersionWeights: { '2': 0.5 } },
      }),
    );

    await expect(put(1)).rejects.toThrow('Alias with weights');
  });
});

test('weights route alike in every run, by their share', async () => {
  await lambda.client.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'lamp', MemorySize: 256 }));
  await lambda.client.send(new PublishVersionCommand({ FunctionName: 'lamp' }));
  await lambda.client.send(
    new UpdateAliasCommand({
      FunctionName: 'lamp',
      Name: 'live',
      RoutingConfig: { AdditionalVersionWeights: { '2': 0.3 } },
    }),
  );
  const versions: (string | undefined)[] = [];
  for (let index = 0; index < 40; index += 1) versions.push((await invoke(lambda, 'lamp:live')).executedVersion);

  // 12 on the average; 14 with the sandbox's own seed.
  expect(versions.filter((version) => version === '2')).toHaveLength(14);
});

test('an alias, and a version, are changed only from the revision that is known', async () => {
  const stale = { RevisionId: 'old' };
  const update = new UpdateAliasCommand({ FunctionName: 'lamp', Name: 'live', FunctionVersion: '1', ...stale });
  const publish = new PublishVersionCommand({ FunctionName: 'lamp', ...stale });

  await expect(lambda.client.send(update)).rejects.toMatchObject({ name: 'PreconditionFailedException' });
  await expect(lambda.client.send(publish)).rejects.toMatchObject({ name: 'PreconditionFailedException' });
  await expect(
    lambda.client.send(new PublishVersionCommand({ FunctionName: 'lamp', CodeSha256: 'other' })),
  ).rejects.toThrow('different from current CodeSHA256');
});

test('what is done about circles is kept', async () => {
  const read = () => lambda.client.send(new GetFunctionRecursionConfigCommand({ FunctionName: 'lamp' }));
  expect((await read()).RecursiveLoop).toBe('Terminate');

  await lambda.client.send(new PutFunctionRecursionConfigCommand({ FunctionName: 'lamp', RecursiveLoop: 'Allow' }));

  expect((await read()).RecursiveLoop).toBe('Allow');
});
