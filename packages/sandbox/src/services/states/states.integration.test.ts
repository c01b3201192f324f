import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  DescribeMapRunCommand,
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListMapRunsCommand,
  ListStateMachinesCommand,
  ListTagsForResourceCommand,
  RedriveExecutionCommand,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StartSyncExecutionCommand,
  StopExecutionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateStateMachineCommand,
  ValidateStateMachineDefinitionCommand,
} from '@aws-sdk/client-sfn';
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Sandbox } from '../../sandbox.ts';
import { clientOfRole } from '../../testing/client-of-role.ts';
import { startTestSandbox, type TestSandbox } from '../../testing/start-test-sandbox.ts';
import { codeArtifact, packagedMachine, statesTemplate } from './testing/states-template.ts';

let started: TestSandbox;
let sandbox: Sandbox;
let sfn: SFNClient;
let greeter: string;
let queueUrl: string;
let machines = 0;
const roleArn = 'arn:aws:iam::123456789012:role/machine-role';
const echoArn = 'arn:aws:lambda:us-east-1:123456789012:function:echo';

beforeAll(async () => {
  started = await startTestSandbox();
  sandbox = started.sandbox;
  const stack = await sandbox.deployTemplate({ stackName: 'states', template: statesTemplate, artifact: codeArtifact });
  greeter = stack.resources.Greeter?.physicalId ?? '';
  queueUrl = stack.resources.Queue?.physicalId ?? '';
  sfn = sandbox.client(SFNClient, { maxAttempts: 1, disableHostPrefix: true });
});
afterAll(() => started.stop());

async function create(states: object, type: 'STANDARD' | 'EXPRESS' = 'STANDARD', more: object = {}): Promise<string> {
  const definition = JSON.stringify({ StartAt: Object.keys(states)[0], States: states, ...more });
  const created = await sfn.send(
    new CreateStateMachineCommand({ name: `machine-${++machines}`, roleArn, definition, type }),
  );
  return created.stateMachineArn ?? '';
}

async function start(stateMachineArn: string, input: unknown = {}, name?: string): Promise<string> {
  const request = { stateMachineArn, input: JSON.stringify(input), ...(name === undefined ? {} : { name }) };
  return (await sfn.send(new StartExecutionCommand(request))).executionArn ?? '';
}

const inspect = (executionArn: string) => sfn.send(new DescribeExecutionCommand({ executionArn }));

/** Runs to the end without moving the clock. */
async function run(states: object, input: unknown = {}) {
  const executionArn = await start(await create(states), input);
  await sandbox.idle();
  return inspect(executionArn);
}

const typesOf = async (executionArn: string): Promise<readonly string[]> =>
  ((await sfn.send(new GetExecutionHistoryCommand({ executionArn }))).events ?? []).map(({ type }) => type ?? '');

/** Takes what is in a queue. */
async function messages(QueueUrl: string) {
  const sqs = sandbox.client(SQSClient);
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  for (const { ReceiptHandle } of Messages) await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  return Messages;
}

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
    await started.clock.advance(60_000);
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
    await started.clock.advance(60_000);
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

describe('integrations', () => {
  const dynamo = (action: string, kind = '') => `arn:aws:states:::${kind}dynamodb:${action}`;

  test('DynamoDB, SQS, Lambda and EventBridge, in one machine', async () => {
    const { status, output = '' } = await run(
      {
        Put: {
          Type: 'Task',
          Resource: dynamo('putItem'),
          Parameters: { TableName: 'lamps', Item: { id: { 'S.$': '$.id' }, n: { N: '1' } } },
          ResultPath: null,
          Next: 'Get',
        },
        Get: {
          Type: 'Task',
          Resource: dynamo('getItem', 'aws-sdk:'),
          Parameters: { TableName: 'lamps', Key: { id: { 'S.$': '$.id' } } },
          ResultSelector: { 'n.$': '$.Item.n.N' },
          ResultPath: '$.got',
          Next: 'Send',
        },
        Send: {
          Type: 'Task',
          Resource: 'arn:aws:states:::sqs:sendMessage',
          Parameters: { QueueUrl: queueUrl, MessageBody: { 'id.$': '$.id' } },
          ResultPath: null,
          Next: 'Invoke',
        },
        Invoke: {
          Type: 'Task',
          Resource: 'arn:aws:states:::lambda:invoke',
          Parameters: { FunctionName: echoArn, 'Payload.$': '$' },
          ResultSelector: { 'payload.$': '$.Payload', 'status.$': '$.SdkHttpMetadata.HttpStatusCode' },
          ResultPath: '$.invoked',
          Next: 'Tell',
        },
        Tell: {
          Type: 'Task',
          Resource: 'arn:aws:states:::events:putEvents',
          Parameters: { Entries: [{ Source: 'lamp', DetailType: 'Lit', Detail: { 'id.$': '$.id' } }] },
          ResultSelector: { 'failed.$': '$.FailedEntryCount' },
          ResultPath: '$.told',
          End: true,
        },
      },
      { id: 'a' },
    );
    expect(status).toBe('SUCCEEDED');
    expect(JSON.parse(output)).toEqual({
      id: 'a',
      got: { n: '1' },
      invoked: { payload: { echoed: { id: 'a', got: { n: '1' } } }, status: 200 },
      told: { failed: 0 },
    });
    expect((await messages(queueUrl)).map(({ Body }) => Body)).toEqual(['{"id":"a"}']);
  });

  test('SDK calls take and give members in PascalCase, whatever protocol and names a service has', async () => {
    const sdk = (call: string, Parameters: object, ResultSelector: object, Next?: string) => ({
      Type: 'Task',
      Resource: `arn:aws:states:::aws-sdk:${call}`,
      Parameters,
      ResultSelector,
      ResultPath: `$.${call.split(':')[1]}`,
      ...(Next ? { Next } : { End: true }),
    });
    const object = { Bucket: 'items', Key: 'from-machine.json' };
    const LogGroupName = '/aws/vendedlogs/states/all';
    const { output = '' } = await run({
      Retain: sdk('cloudwatchlogs:putRetentionPolicy', { LogGroupName, RetentionInDays: 7 }, {}, 'Look'),
      Look: sdk('lambda:getFunctionConfiguration', { FunctionName: 'echo' }, { 'timeout.$': '$.Timeout' }, 'Describe'),
      Describe: sdk(
        'sfn:describeExecution',
        { 'ExecutionArn.$': '$$.Execution.Id' },
        { 'status.$': '$.Status', 'started.$': '$.StartDate' },
        'Put',
      ),
      Put: sdk('s3:putObject', { ...object, Body: { 'run.$': '$$.Execution.Name' } }, { 'etag.$': '$.ETag' }, 'Get'),
      Get: sdk('s3:getObject', object, { 'body.$': 'States.StringToJson($.Body)', 'length.$': '$.ContentLength' }),
    });
    expect(JSON.parse(output)).toEqual({
      putRetentionPolicy: {},
      getFunctionConfiguration: { timeout: 20 },
      describeExecution: { status: 'RUNNING', started: new Date(sandbox.clock.now()).toISOString() },
      putObject: { etag: expect.any(String) },
      getObject: { body: { run: expect.any(String) }, length: 46 },
    });
    const groups = await sandbox
      .client(CloudWatchLogsClient)
      .send(new DescribeLogGroupsCommand({ logGroupNamePrefix: LogGroupName }));
    expect(groups.logGroups?.[0]?.retentionInDays).toBe(7);
  });

  const conditional = (kind: string) => ({
    A: {
      Type: 'Task',
      Resource: dynamo('putItem', kind),
      Parameters: {
        TableName: 'lamps',
        Item: { id: { S: 'taken' } },
        ConditionExpression: 'attribute_exists(nothing)',
      },
      End: true,
    },
  });
  test.each([
    [
      'an SDK call',
      conditional('aws-sdk:'),
      'DynamoDb.ConditionalCheckFailedException',
      '(Service: DynamoDb, Status Code: 400, Request ID: ',
    ],
    [
      'an optimised call',
      conditional(''),
      'DynamoDB.ConditionalCheckFailedException',
      'Error Code: ConditionalCheckFailedException; Request ID: ',
    ],
    [
      'what the role may not do',
      {
        A: {
          Type: 'Task',
          Resource: dynamo('deleteItem', 'aws-sdk:'),
          Parameters: { TableName: 'lamps', Key: { id: { S: 'a' } } },
          End: true,
        },
      },
      'DynamoDb.DynamoDbException',
      'not authorized to perform: dynamodb:DeleteItem',
    ],
    [
      'a function that throws',
      { A: { Type: 'Task', Resource: echoArn, Parameters: { fail: true }, End: true } },
      'ToldTo',
      '"errorMessage":"told to"',
    ],
    [
      'a function that is not there',
      { A: { Type: 'Task', Resource: `${echoArn}-not`, End: true } },
      'Lambda.AWSLambdaException',
      'not authorized to perform: lambda:InvokeFunction',
    ],
    [
      'a member that is not there',
      { A: { Type: 'Task', Resource: dynamo('getItem'), Parameters: { TableName: 'lamps', Schlüssel: 1 }, End: true } },
      'States.Runtime',
      "The field 'Schlüssel' is not supported by Step Functions",
    ],
  ])('%s fails under the name that AWS gives', async (_name, states, error, cause) => {
    expect(await run(states)).toMatchObject({ status: 'FAILED', error, cause: expect.stringContaining(cause) });
  });

  test('an execution that waits for another gets its output, and stops it when it is stopped', async () => {
    const child = await create({
      W: { Type: 'Wait', Seconds: 60, Next: 'P' },
      P: { Type: 'Pass', Result: { done: true }, End: true },
    });
    const parent = await create({
      A: {
        Type: 'Task',
        Resource: 'arn:aws:states:::states:startExecution.sync:2',
        Parameters: { StateMachineArn: child, Input: { 'from.$': '$$.Execution.Name' } },
        ResultSelector: { 'out.$': '$.Output', 'in.$': '$.Input.from' },
        End: true,
      },
    });
    const first = await start(parent, {}, 'waits');
    const second = await start(parent, {}, 'is-stopped');
    await sandbox.idle();
    expect((await inspect(first)).status).toBe('RUNNING');
    await sfn.send(new StopExecutionCommand({ executionArn: second, error: 'Enough' }));
    await started.clock.advance(60_000);
    expect((await inspect(first)).output).toBe('{"out":{"done":true},"in":"waits"}');
    expect(await inspect(second)).toMatchObject({ status: 'ABORTED', error: 'Enough' });
    const { executions = [] } = await sfn.send(new ListExecutionsCommand({ stateMachineArn: child }));
    expect(executions.map(({ status }) => status).sort()).toEqual(['ABORTED', 'SUCCEEDED']);
  });
});

describe('a task token', () => {
  const states = {
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      Parameters: { QueueUrl: '', MessageBody: { 'token.$': '$$.Task.Token' } },
      TimeoutSeconds: 3600,
      HeartbeatSeconds: 600,
      Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'Late' }],
      End: true,
    },
    Late: { Type: 'Pass', Result: 'late', End: true },
  };
  const ask = async () => {
    const Parameters = { ...states.Ask.Parameters, QueueUrl: queueUrl };
    const executionArn = await start(await create({ ...states, Ask: { ...states.Ask, Parameters } }));
    await sandbox.idle();
    const [message] = await messages(queueUrl);
    return { executionArn, taskToken: JSON.parse(message?.Body ?? '{}').token as string };
  };

  test('ends the task with success or failure', async () => {
    const one = await ask();
    await sfn.send(new SendTaskSuccessCommand({ taskToken: one.taskToken, output: '{"approved":true}' }));
    const other = await ask();
    await sfn.send(new SendTaskFailureCommand({ taskToken: other.taskToken, error: 'Refused', cause: 'no' }));
    await sandbox.idle();
    expect((await inspect(one.executionArn)).output).toBe('{"approved":true}');
    expect(await inspect(other.executionArn)).toMatchObject({ status: 'FAILED', error: 'Refused', cause: 'no' });
    await expect(
      sfn.send(new SendTaskSuccessCommand({ taskToken: one.taskToken, output: '{}' })),
    ).rejects.toMatchObject({ name: 'TaskTimedOut' });
    await expect(sfn.send(new SendTaskSuccessCommand({ taskToken: 'x', output: '{}' }))).rejects.toMatchObject({
      name: 'InvalidToken',
    });
  });

  test('is returned by the function that received it, which starts a machine as well', async () => {
    const executionArn = await start(
      await create({
        A: {
          Type: 'Task',
          Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
          Parameters: {
            FunctionName: echoArn.replace('echo', 'approve'),
            Payload: { 'token.$': '$$.Task.Token', start: greeter },
          },
          End: true,
        },
      }),
    );
    await sandbox.idle();
    expect(await inspect(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '{"approved":true}' });
    const other = `${greeter.replace(':stateMachine:', ':execution:')}:by-function`;
    expect((await inspect(other)).output).toBe('{"echoed":{"by":"function"}}');
  });

  test('times out by the clock: without a heartbeat soon, with heartbeats in the end', async () => {
    const silent = await ask();
    const beating = await ask();
    for (let beat = 0; beat < 6; beat += 1) {
      await started.clock.advance(599_000);
      await sfn.send(new SendTaskHeartbeatCommand({ taskToken: beating.taskToken }));
    }
    expect((await inspect(silent.executionArn)).output).toBe('"late"');
    expect((await inspect(silent.executionArn)).stopDate).toEqual(new Date(sandbox.clock.now() - 5 * 599_000 + 1_000));
    expect((await inspect(beating.executionArn)).status).toBe('RUNNING');
    await started.clock.advance(6_000);
    expect((await inspect(beating.executionArn)).output).toBe('"late"');
    expect(await typesOf(beating.executionArn)).toContain('TaskTimedOut');
  });
});

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
      await started.clock.advance(4_999);
      expect((await inspect(again)).status).toBe('RUNNING');
      await started.clock.advance(1);
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
    await started.clock.advance(2_000);
    expect(await inspect(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: `{"stored":"died-${when}"}` });
    expect((await typesOf(executionArn)).filter((type) => type === 'LambdaFunctionFailed')).toHaveLength(1);
  });

  test('a call that is never answered ends with the timeout of its task', async () => {
    const fault = sandbox.faults.inject({ service: 'lambda', operation: 'Invoke', effect: { kind: 'timeout' } });
    const executionArn = await start(
      await create({ A: { Type: 'Task', Resource: echoArn, TimeoutSeconds: 30, End: true } }),
    );
    await fault.firstHit;
    await started.clock.advance(30_000, { whileBusy: true });
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

describe('the end of an execution', () => {
  test('by its own timeout', async () => {
    const executionArn = await start(
      await create({ A: { Type: 'Wait', Seconds: 600, End: true } }, 'STANDARD', { TimeoutSeconds: 60 }),
    );
    await started.clock.advance(60_000);
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
    await started.clock.advance(300_000);
    expect(await answer).toMatchObject({ status: 'TIMED_OUT', error: 'States.Timeout' });
  });
});

describe('a distributed map', () => {
  const s3 = () => sandbox.client(S3Client, { forcePathStyle: true });
  const put = (Key: string, Body: string) => s3().send(new PutObjectCommand({ Bucket: 'items', Key, Body }));
  const read = async (Key: string) =>
    (await s3().send(new GetObjectCommand({ Bucket: 'items', Key }))).Body?.transformToString() ?? '';
  const map = (state: object, item: object = { Type: 'Pass', End: true }) => ({
    Map: {
      Type: 'Map',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'Item',
        States: { Item: item },
      },
      End: true,
      ...state,
    },
  });
  const reader = (Key: string, ReaderConfig: object) => ({
    ItemReader: { Resource: 'arn:aws:states:::s3:getObject', Parameters: { Bucket: 'items', Key }, ReaderConfig },
  });

  test('of 1,000 items in batches calls the function for each batch, and writes the results', async () => {
    await put('thousand.jsonl', Array.from({ length: 1_000 }, (_, n) => JSON.stringify({ n })).join('\n'));
    const executionArn = await start(
      await create(
        map(
          {
            ...reader('thousand.jsonl', { InputType: 'JSONL' }),
            ItemBatcher: { MaxItemsPerBatch: 40, BatchInput: { 'run.$': '$.run' } },
            MaxConcurrency: 5,
            ResultWriter: {
              Resource: 'arn:aws:states:::s3:putObject',
              Parameters: { Bucket: 'items', Prefix: 'results' },
            },
          },
          {
            Type: 'Task',
            Resource: echoArn,
            ResultSelector: { 'count.$': 'States.ArrayLength($.echoed.Items)', 'run.$': '$.echoed.BatchInput.run' },
            End: true,
          },
        ),
      ),
      { run: 7 },
    );
    await sandbox.idle();
    const { status, output = '' } = await inspect(executionArn);
    expect(status).toBe('SUCCEEDED');
    const { MapRunArn, ResultWriterDetails } = JSON.parse(output);
    const manifest = JSON.parse(await read(ResultWriterDetails.Key));
    expect(manifest).toMatchObject({ DestinationBucket: 'items', MapRunArn, ResultFiles: { FAILED: [], PENDING: [] } });
    const results = JSON.parse(await read(manifest.ResultFiles.SUCCEEDED[0].Key)) as { Output: string }[];
    expect(results.map(({ Output }) => Output)).toEqual(Array.from({ length: 25 }, () => '{"count":40,"run":7}'));
    const { mapRuns = [] } = await sfn.send(new ListMapRunsCommand({ executionArn }));
    expect(mapRuns.map(({ mapRunArn }) => mapRunArn)).toEqual([MapRunArn]);
    expect(await sfn.send(new DescribeMapRunCommand({ mapRunArn: MapRunArn }))).toMatchObject({
      status: 'SUCCEEDED',
      itemCounts: { total: 1_000, succeeded: 1_000, failed: 0 },
      executionCounts: { total: 25, succeeded: 25, resultsWritten: 25 },
    });
    const { executions = [] } = await sfn.send(new ListExecutionsCommand({ mapRunArn: MapRunArn }));
    expect(executions).toHaveLength(25);
  });

  test('of 1,000 items runs an execution for each', async () => {
    const items = Array.from({ length: 1_000 }, (_, n) => n);
    const { status, output = '' } = await run(map({ ItemSelector: { 'n.$': '$$.Map.Item.Value' } }), items);
    expect(status).toBe('SUCCEEDED');
    expect(JSON.parse(output)).toEqual(items.map((n) => ({ n })));
  });

  test.each<[string, string, object, unknown]>([
    [
      'CSV with headers',
      'a,b\n1,"x,y"\n',
      { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' },
      [{ a: '1', b: 'x,y' }],
    ],
    [
      'CSV with given headers',
      '1;2\n3;4\n',
      { InputType: 'CSV', CSVHeaderLocation: 'GIVEN', CSVHeaders: ['p', 'q'], CSVDelimiter: 'SEMICOLON', MaxItems: 1 },
      [{ p: '1', q: '2' }],
    ],
    ['JSON', '[1,2]', { InputType: 'JSON' }, [1, 2]],
    ['a part of JSON', '{"a":{"b":[{"c":1}]}}', { InputType: 'JSON', ItemsPointer: '/a/b' }, [{ c: 1 }]],
  ])('reads %s', async (name, body, config, expected) => {
    const key = `read/${name}`;
    await put(key, body);
    expect(JSON.parse((await run(map(reader(key, config)))).output ?? '')).toEqual(expected);
  });

  test('reads an inventory, and lists a bucket', async () => {
    await put('inventory/1.csv', '"items","a.txt","3"\n"items","b.txt","4"\n');
    await put(
      'inventory/manifest.json',
      JSON.stringify({
        destinationBucket: 'arn:aws:s3:::items',
        fileFormat: 'CSV',
        fileSchema: 'Bucket, Key, Size',
        files: [{ key: 'inventory/1.csv' }],
      }),
    );
    const inventory = await run(
      map(reader('inventory/manifest.json', { InputType: 'MANIFEST', ManifestType: 'S3_INVENTORY' })),
    );
    expect(JSON.parse(inventory.output ?? '')).toEqual([
      { Bucket: 'items', Key: 'a.txt', Size: '3' },
      { Bucket: 'items', Key: 'b.txt', Size: '4' },
    ]);
    const listing = await run(
      map({
        ItemReader: {
          Resource: 'arn:aws:states:::s3:listObjectsV2',
          Parameters: { Bucket: 'items', Prefix: 'inventory/' },
        },
      }),
    );
    expect(JSON.parse(listing.output ?? '')).toMatchObject([
      { Key: 'inventory/1.csv', Size: 40 },
      { Key: 'inventory/manifest.json' },
    ]);
    expect(await run(map(reader('not-there', { InputType: 'JSON' })))).toMatchObject({
      status: 'FAILED',
      error: 'States.ItemReaderFailed',
    });
  });

  const odd = { Type: 'Task', Resource: echoArn, Parameters: { 'even.$': '$' }, End: true };
  test('fails over its tolerance, and not before', async () => {
    const within = await run(
      map(
        { ToleratedFailureCount: 2, ResultWriter: { WriterConfig: { Transformation: 'COMPACT', OutputType: 'JSON' } } },
        odd,
      ),
      [0, 1, 2, 3],
    );
    expect(within.status).toBe('SUCCEEDED');
    expect(JSON.parse(within.output ?? '')).toMatchObject([
      { echoed: { even: 0 } },
      { Status: 'FAILED', Error: 'Error' },
      { echoed: { even: 2 } },
      { Status: 'FAILED' },
    ]);
    const over = await run(map({ ToleratedFailureCount: 1, MaxConcurrency: 1 }, odd), [0, 1, 2, 3, 4, 5]);
    expect(over).toMatchObject({ status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' });
    const { mapRuns = [] } = await sfn.send(new ListMapRunsCommand({ executionArn: over.executionArn }));
    expect(await sfn.send(new DescribeMapRunCommand({ mapRunArn: mapRuns[0]?.mapRunArn }))).toMatchObject({
      status: 'FAILED',
      itemCounts: { total: 6, failed: 2, succeeded: 2, pending: 2 },
    });
    expect(await run(map({ ToleratedFailurePercentage: 50 }, odd), [0, 1, 2, 3])).toMatchObject({
      status: 'SUCCEEDED',
    });
    expect(await run(map({}, odd), [0, 1])).toMatchObject({ status: 'FAILED' });
  });
});
