import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  ListExecutionsCommand,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, describe, expect, test } from '@jest/globals';
import { deployStates, echoArn } from '../testing/deployed-states.ts';

const { sandbox, clock, sfn, greeter, queueUrl, create, start, inspect, run, typesOf, messages, stop } =
  await deployStates();
afterAll(stop);

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
    await clock.advance(60_000);
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
      await clock.advance(599_000);
      await sfn.send(new SendTaskHeartbeatCommand({ taskToken: beating.taskToken }));
    }
    expect((await inspect(silent.executionArn)).output).toBe('"late"');
    expect((await inspect(silent.executionArn)).stopDate).toEqual(new Date(sandbox.clock.now() - 5 * 599_000 + 1_000));
    expect((await inspect(beating.executionArn)).status).toBe('RUNNING');
    await clock.advance(6_000);
    expect((await inspect(beating.executionArn)).output).toBe('"late"');
    expect(await typesOf(beating.executionArn)).toContain('TaskTimedOut');
  });
});
