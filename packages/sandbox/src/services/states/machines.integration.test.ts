import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  ListTagsForResourceCommand,
  RedriveExecutionCommand,
  SFNClient,
  StartExecutionCommand,
  StartSyncExecutionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateStateMachineCommand,
  ValidateStateMachineDefinitionCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, describe, expect, test } from '@jest/globals';
import { clientOfRole } from '../../testing/client-of-role.ts';
import { deployStates, echoArn } from './testing/deployed-states.ts';
import { codeArtifact, packagedMachine } from './testing/states-template.ts';

const { sandbox, clock, sfn, greeter, queueUrl, create, start, inspect, typesOf, messages, stop } =
  await deployStates();
afterAll(stop);

describe('a deployed machine', () => {
  test('runs its function, and tells of it in history, log, metrics and events', async () => {
    const executionArn = await start(greeter, { name: 'Ada' }, 'told-once');
    await sandbox.idle();

    expect(await inspect(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '{"echoed":{"name":"Ada"}}' });
    expect(await typesOf(executionArn)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'LambdaFunctionScheduled',
      'LambdaFunctionStarted',
      'LambdaFunctionSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
    const log = await sandbox
      .client(CloudWatchLogsClient)
      .send(new FilterLogEventsCommand({ logGroupName: '/aws/vendedlogs/states/all' }));
    expect(log.events?.map(({ message = '' }) => JSON.parse(message).type)).toContain('ExecutionSucceeded');
    const metric = await sandbox.client(CloudWatchClient).send(
      new GetMetricStatisticsCommand({
        Namespace: 'AWS/States',
        MetricName: 'ExecutionsSucceeded',
        Dimensions: [{ Name: 'StateMachineArn', Value: greeter }],
        StartTime: new Date(sandbox.clock.now() - 60_000),
        EndTime: new Date(sandbox.clock.now() + 60_000),
        Period: 60,
        Statistics: ['Sum'],
      }),
    );
    expect(metric.Datapoints?.[0]?.Sum).toBe(1);
    const told = await messages(queueUrl.replace('work', 'ended'));
    expect(told.map(({ Body = '' }) => JSON.parse(Body).status).sort()).toEqual(['RUNNING', 'SUCCEEDED']);
    expect(sandbox.calls().filter(({ roleName }) => roleName === 'machine-role')).toMatchObject([
      { service: 'lambda', operation: 'Invoke' },
    ]);
  });

  test('is described, listed, tagged and updated', async () => {
    const described = await sfn.send(new DescribeStateMachineCommand({ stateMachineArn: greeter }));
    expect(described).toMatchObject({
      name: 'greeter',
      status: 'ACTIVE',
      type: 'STANDARD',
      tracingConfiguration: { enabled: true },
    });
    expect(described.definition).toContain(echoArn);
    const { stateMachines = [] } = await sfn.send(new ListStateMachinesCommand({ maxResults: 1000 }));
    expect(stateMachines.map(({ name }) => name)).toContain('greeter');
    await sfn.send(new TagResourceCommand({ resourceArn: greeter, tags: [{ key: 'stage', value: 'dev' }] }));
    await sfn.send(new UntagResourceCommand({ resourceArn: greeter, tagKeys: ['team'] }));
    expect((await sfn.send(new ListTagsForResourceCommand({ resourceArn: greeter }))).tags).toEqual([
      { key: 'stage', value: 'dev' },
    ]);

    const arn = await create({
      A: { Type: 'Wait', Seconds: 60, Next: 'B' },
      B: { Type: 'Pass', Result: 'old', End: true },
    });
    const running = await start(arn);
    const definition = JSON.stringify({ StartAt: 'B', States: { B: { Type: 'Pass', Result: 'new', End: true } } });
    await sfn.send(new UpdateStateMachineCommand({ stateMachineArn: arn, definition }));
    await clock.advance(60_000);
    expect((await inspect(running)).output).toBe('"old"');
    expect(
      (await sfn.send(new DescribeStateMachineForExecutionCommand({ executionArn: running }))).definition,
    ).toContain('old');
    const next = await start(arn);
    await sandbox.idle();
    expect((await inspect(next)).output).toBe('"new"');
  });

  test('is started by a rule', async () => {
    await sandbox
      .client(EventBridgeClient)
      .send(new PutEventsCommand({ Entries: [{ Source: 'lamp.shop', DetailType: 'Sold', Detail: '{"lamp":7}' }] }));
    await sandbox.idle();
    const { executions = [] } = await sfn.send(
      new ListExecutionsCommand({ stateMachineArn: greeter, statusFilter: 'SUCCEEDED' }),
    );
    const outputs = await Promise.all(
      executions.map(async ({ executionArn = '' }) => (await inspect(executionArn)).output),
    );
    expect(outputs).toContain('{"echoed":{"lamp":7}}');
  });
});

test('a machine is deployed as serverless-step-functions packages it, and started by its rule', async () => {
  const stack = await sandbox.deployTemplate({
    stackName: 'packaged',
    template: packagedMachine(),
    artifact: codeArtifact,
  });
  const stateMachineArn = stack.resources.EscalateDashdev?.physicalId ?? '';
  await sandbox
    .client(EventBridgeClient)
    .send(new PutEventsCommand({ Entries: [{ Source: 'lamp', DetailType: 'Lit', Detail: '{"items":[1,2]}' }] }));
  await sandbox.idle();
  const { executions: [execution] = [] } = await sfn.send(new ListExecutionsCommand({ stateMachineArn }));
  expect(await inspect(execution?.executionArn ?? '')).toMatchObject({ status: 'SUCCEEDED', output: '[1,2]' });
  expect((await messages(stack.resources.Queue?.physicalId ?? '')).map(({ Body }) => Body)).toEqual([
    '{"items":[1,2]}',
  ]);
});

describe('StartExecution', () => {
  test('is idempotent by name while it runs with the same input', async () => {
    const arn = await create({ A: { Type: 'Wait', Seconds: 60, End: true } });
    const first = await start(arn, { a: 1 }, 'same');
    expect(await start(arn, { a: 1 }, 'same')).toBe(first);
    await expect(start(arn, { a: 2 }, 'same')).rejects.toMatchObject({
      name: 'ExecutionAlreadyExists',
      message: `Execution Already Exists: '${first}'`,
    });
    await clock.advance(60_000);
    await expect(start(arn, { a: 1 }, 'same')).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
    expect((await sfn.send(new ListExecutionsCommand({ stateMachineArn: arn }))).executions).toHaveLength(1);
  });

  test.each<[string, { readonly name?: string; readonly input?: string; readonly stateMachineArn?: string }, string]>([
    ['a name with a space', { name: 'a b' }, 'InvalidName'],
    ['an input that is no JSON', { input: '{' }, 'InvalidExecutionInput'],
    ['an input that is too long', { input: `"${'x'.repeat(262_143)}"` }, 'ValidationException'],
    [
      'a machine that is not there',
      { stateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:none' },
      'StateMachineDoesNotExist',
    ],
    ['an ARN that is none', { stateMachineArn: 'none' }, 'InvalidArn'],
  ])('refuses %s', async (_name, request, name) => {
    await expect(sfn.send(new StartExecutionCommand({ stateMachineArn: greeter, ...request }))).rejects.toMatchObject({
      name,
    });
  });

  test('needs its permission', async () => {
    const stranger = await clientOfRole(sandbox, SFNClient, [
      { Effect: 'Allow', Action: 'states:ListExecutions', Resource: '*' },
    ]);
    await expect(stranger.send(new StartExecutionCommand({ stateMachineArn: greeter }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });
});

test('a definition is validated when it is created, and JSONata refused by name', async () => {
  await expect(create({ A: { Type: 'Pass', Next: 'X' } })).rejects.toMatchObject({
    name: 'InvalidDefinition',
    message:
      "Invalid State Machine Definition: 'MISSING_TRANSITION_TARGET: Missing 'Next' target: X at /States/A/Next'",
  });
  await expect(create({ A: { Type: 'Succeed' } }, 'STANDARD', { QueryLanguage: 'JSONata' })).rejects.toThrow(
    'does not emulate the query language JSONata',
  );
  await expect(
    create({ A: { Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:sqs:sendPigeon', End: true } }),
  ).rejects.toThrow('does not emulate the resource arn:aws:states:::aws-sdk:sqs:sendPigeon');
  const checked = await sfn.send(new ValidateStateMachineDefinitionCommand({ definition: '{}' }));
  expect(checked).toMatchObject({ result: 'FAIL', diagnostics: [{ code: 'SCHEMA_VALIDATION_FAILED' }] });
});

describe('the end of an execution', () => {
  test('by its own timeout', async () => {
    const executionArn = await start(
      await create({ A: { Type: 'Wait', Seconds: 600, End: true } }, 'STANDARD', { TimeoutSeconds: 60 }),
    );
    await clock.advance(60_000);
    expect(await inspect(executionArn)).toMatchObject({ status: 'TIMED_OUT', error: 'States.Timeout' });
    expect((await typesOf(executionArn)).at(-1)).toBe('ExecutionTimedOut');
  });

  test('a redrive begins where it failed', async () => {
    const fault = sandbox.faults.inject({ service: 'lambda', operation: 'Invoke', effect: { kind: 'throttle' } });
    const executionArn = await start(
      await create({
        A: { Type: 'Pass', Result: { step: 1 }, Next: 'B' },
        B: { Type: 'Task', Resource: echoArn, End: true },
      }),
    );
    await sandbox.idle();
    expect(await inspect(executionArn)).toMatchObject({ status: 'FAILED', redriveStatus: 'REDRIVABLE' });
    fault.lift();
    await sfn.send(new RedriveExecutionCommand({ executionArn }));
    await sandbox.idle();
    expect(await inspect(executionArn)).toMatchObject({
      status: 'SUCCEEDED',
      output: '{"echoed":{"step":1}}',
      redriveCount: 1,
    });
    expect((await typesOf(executionArn)).filter((type) => type === 'PassStateEntered')).toHaveLength(1);
    const { executions = [] } = await sfn.send(
      new ListExecutionsCommand({
        stateMachineArn: executionArn.replace(':execution:', ':stateMachine:').replace(/:[^:]+$/, ''),
        redriveFilter: 'REDRIVEN',
      }),
    );
    expect(executions.map((execution) => execution.executionArn)).toEqual([executionArn]);
    const shown = await sfn.send(new DescribeExecutionCommand({ executionArn, includedData: 'METADATA_ONLY' }));
    expect([shown.status, shown.output]).toEqual(['SUCCEEDED', undefined]);
    await expect(sfn.send(new RedriveExecutionCommand({ executionArn }))).rejects.toMatchObject({
      name: 'ExecutionNotRedrivable',
    });
  });
});

describe('an express machine', () => {
  test('answers at once, and keeps nothing', async () => {
    const arn = await create({ A: { Type: 'Task', Resource: echoArn, End: true } }, 'EXPRESS');
    const answer = await sfn.send(new StartSyncExecutionCommand({ stateMachineArn: arn, input: '{"a":1}' }));
    expect(answer).toMatchObject({ status: 'SUCCEEDED', output: '{"echoed":{"a":1}}' });
    await expect(inspect(answer.executionArn ?? '')).rejects.toMatchObject({ name: 'InvalidArn' });
    await expect(sfn.send(new ListExecutionsCommand({ stateMachineArn: arn }))).rejects.toMatchObject({
      name: 'StateMachineTypeNotSupported',
    });
    expect(await start(arn, {}, 'same')).not.toBe(await start(arn, {}, 'same'));
    await sandbox.idle();
  });

  test('is ended after five minutes', async () => {
    const arn = await create({ A: { Type: 'Wait', Seconds: 600, End: true } }, 'EXPRESS');
    const answer = sfn.send(new StartSyncExecutionCommand({ stateMachineArn: arn }));
    while (sandbox.calls().at(-1)?.operation !== 'StartSyncExecution') await new Promise(setImmediate);
    await clock.advance(300_000);
    expect(await answer).toMatchObject({ status: 'TIMED_OUT', error: 'States.Timeout' });
  });
});
