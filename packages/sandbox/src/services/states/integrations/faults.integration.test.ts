import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, describe, expect, test } from '@jest/globals';
import { deployStates, echoArn } from '../testing/deployed-states.ts';

const { sandbox, clock, create, start, inspect, run, typesOf, stop } = await deployStates();
afterAll(stop);

describe('faults', () => {
  const put = (more: object = {}) => ({
    A: {
      Type: 'Task',
      Resource: 'arn:aws:states:::aws-sdk:dynamodb:putItem',
      Parameters: { TableName: 'lamps', Item: { id: { 'S.$': '$$.Execution.Name' } } },
      ResultPath: null,
      End: true,
      ...more,
    },
  });
  const isStored = async (id: string) =>
    (await sandbox.client(DynamoDBClient).send(new GetItemCommand({ TableName: 'lamps', Key: { id: { S: id } } })))
      .Item !== undefined;

  test.each(['before', 'after'] as const)(
    'a connection that breaks %s the call is tried again where the machine says so',
    async (when) => {
      const byMachine = {
        service: 'dynamodb',
        operation: 'PutItem',
        times: 1,
        effect: { kind: 'crash-caller', when },
      } as const;
      sandbox.faults.inject(byMachine);
      const once = await start(await create(put()), {}, `crash-${when}`);
      await sandbox.idle();
      expect(await inspect(once)).toMatchObject({ status: 'FAILED', error: 'DynamoDb.SdkClientException' });
      expect(await isStored(`crash-${when}`)).toBe(when === 'after');

      sandbox.faults.inject(byMachine);
      const again = await start(
        await create(put({ Retry: [{ ErrorEquals: ['DynamoDb.SdkClientException'], IntervalSeconds: 5 }] })),
        {},
        `retry-${when}`,
      );
      await clock.advance(4_999);
      expect((await inspect(again)).status).toBe('RUNNING');
      await clock.advance(1);
      expect((await inspect(again)).status).toBe('SUCCEEDED');
      expect(await isStored(`retry-${when}`)).toBe(true);
    },
  );

  test.each(['before', 'after'] as const)('a function that dies %s its own call is invoked again', async (when) => {
    const fault = sandbox.faults.inject({
      service: 'dynamodb',
      operation: 'PutItem',
      caller: ({ roleArn = '' }) => roleArn.endsWith('function-role'),
      times: 1,
      effect: { kind: 'crash-caller', when },
    });
    const store = { Type: 'Task', Resource: echoArn.replace('echo', 'store'), Parameters: { id: `died-${when}` } };
    const Retry = [{ ErrorEquals: ['States.TaskFailed'], IntervalSeconds: 2 }];
    const executionArn = await start(await create({ A: { ...store, Retry, End: true } }));
    await sandbox.idle();
    expect(fault.hits).toBe(1);
    expect(await isStored(`died-${when}`)).toBe(when === 'after');
    await clock.advance(2_000);
    expect(await inspect(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: `{"stored":"died-${when}"}` });
    expect((await typesOf(executionArn)).filter((type) => type === 'LambdaFunctionFailed')).toHaveLength(1);
  });

  test('a call that is never answered ends with the timeout of its task', async () => {
    const fault = sandbox.faults.inject({ service: 'lambda', operation: 'Invoke', effect: { kind: 'timeout' } });
    const executionArn = await start(
      await create({ A: { Type: 'Task', Resource: echoArn, TimeoutSeconds: 30, End: true } }),
    );
    await fault.firstHit;
    await clock.advance(30_000, { whileBusy: true });
    await sandbox.idle();
    fault.lift();
    expect(await inspect(executionArn)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect(await typesOf(executionArn)).toContain('LambdaFunctionTimedOut');
  });

  test('throttling has its own name', async () => {
    const fault = sandbox.faults.inject({
      service: 'lambda',
      operation: 'Invoke',
      times: 1,
      effect: { kind: 'throttle' },
    });
    expect(await run({ A: { Type: 'Task', Resource: echoArn, End: true } })).toMatchObject({
      error: 'Lambda.TooManyRequestsException',
    });
    expect(fault.hits).toBe(1);
  });
});
