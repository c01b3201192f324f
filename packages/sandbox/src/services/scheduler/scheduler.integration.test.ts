import {
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  CreateScheduleGroupCommand,
  DeleteScheduleCommand,
  DeleteScheduleGroupCommand,
  GetScheduleCommand,
  GetScheduleGroupCommand,
  ListScheduleGroupsCommand,
  ListSchedulesCommand,
  ListTagsForResourceCommand,
  SchedulerClient,
  TagResourceCommand,
  type Target,
  UntagResourceCommand,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Template } from '../../cloudformation/template.ts';
import type { Sandbox } from '../../sandbox.ts';
import { clientOfRole } from '../../testing/client-of-role.ts';
import { startTestSandbox, type TestSandbox } from '../../testing/start-test-sandbox.ts';

const arnOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
const role = (RoleName: string, service: string, Action: readonly string[]) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    RoleName,
    AssumeRolePolicyDocument: {
      Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
    },
    Policies: [{ PolicyName: 'all', PolicyDocument: { Statement: [{ Effect: 'Allow', Action, Resource: '*' }] } }],
  },
});

const template: Template = {
  Resources: {
    Role: role('run-role', 'scheduler.amazonaws.com', [
      'sqs:SendMessage',
      'events:PutEvents',
      'states:StartExecution',
      'kinesis:PutRecord',
    ]),
    Powerless: role('powerless-role', 'scheduler.amazonaws.com', ['sqs:SendMessage']),
    Stranger: role('stranger-role', 'lambda.amazonaws.com', ['sqs:SendMessage']),
    MachineRole: role('machine-role', 'states.amazonaws.com', ['sqs:SendMessage']),
    Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'runs' } },
    Failed: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'failed' } },
    Seen: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'seen' } },
    Stream: { Type: 'AWS::Kinesis::Stream', Properties: { Name: 'ticks', ShardCount: 1 } },
    Rule: {
      Type: 'AWS::Events::Rule',
      Properties: { EventPattern: { source: ['clock'] }, Targets: [{ Id: 'q', Arn: arnOf('Seen') }] },
    },
    Group: {
      Type: 'AWS::Scheduler::ScheduleGroup',
      Properties: { Name: 'nightly', Tags: [{ Key: 'team', Value: 'lamps' }] },
    },
    Machine: {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: {
        StateMachineName: 'sweep',
        RoleArn: arnOf('MachineRole'),
        Definition: {
          StartAt: 'Send',
          States: {
            Send: {
              Type: 'Task',
              Resource: 'arn:aws:states:::sqs:sendMessage',
              Parameters: { QueueUrl: '${QueueUrl}', 'MessageBody.$': '$' },
              End: true,
            },
          },
        },
        DefinitionSubstitutions: { QueueUrl: { Ref: 'Queue' } },
      },
    },
    Schedule: {
      Type: 'AWS::Scheduler::Schedule',
      Properties: {
        GroupName: { Ref: 'Group' },
        ScheduleExpression: 'cron(0 3 * * ? *)',
        ScheduleExpressionTimezone: 'Europe/Berlin',
        FlexibleTimeWindow: { Mode: 'OFF' },
        EndDate: '2026-01-03T23:00:00Z',
        Target: {
          Arn: { Ref: 'Machine' },
          RoleArn: arnOf('Role'),
          Input: '{"at":"<aws.scheduler.scheduled-time>"}',
          RetryPolicy: { MaximumRetryAttempts: '2' },
        },
      },
    },
  },
};

const HOUR = 3_600_000;
const queueArn = 'arn:aws:sqs:us-east-1:123456789012:runs';
const RoleArn = 'arn:aws:iam::123456789012:role/run-role';
let started: TestSandbox;
let sandbox: Sandbox;
let scheduler: SchedulerClient;

beforeAll(async () => {
  started = await startTestSandbox();
  sandbox = started.sandbox;
  await sandbox.deployTemplate({ stackName: 'schedules', template });
  scheduler = sandbox.client(SchedulerClient, { maxAttempts: 1 });
});
afterAll(() => started.stop());

async function messages(name: string) {
  const sqs = sandbox.client(SQSClient);
  const QueueUrl = `${sandbox.endpoint}/123456789012/${name}`;
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] }),
  );
  for (const { ReceiptHandle } of Messages) await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  return Messages;
}
const bodies = async (name: string) => (await messages(name)).map(({ Body }) => Body);
const inMinutes = (minutes: number) =>
  `at(${new Date(sandbox.clock.now() + minutes * 60_000).toISOString().slice(0, 19)})`;
const create = (
  Name: string,
  more: Omit<Partial<CreateScheduleCommandInput>, 'Target'> & { Target?: Partial<Target> } = {},
) =>
  scheduler.send(
    new CreateScheduleCommand({
      Name,
      ScheduleExpression: inMinutes(1),
      FlexibleTimeWindow: { Mode: 'OFF' },
      ...more,
      Target: { Arn: queueArn, RoleArn, Input: Name, ...more.Target },
    }),
  );

test('a deployed schedule starts its machine at local time, until its end', async () => {
  await started.clock.advance(72 * HOUR);
  expect((await bodies('runs')).sort()).toEqual([
    '{"at":"2026-01-01T02:00:00Z"}',
    '{"at":"2026-01-02T02:00:00Z"}',
    '{"at":"2026-01-03T02:00:00Z"}',
  ]);
  await started.clock.advance(48 * HOUR);
  expect(await bodies('runs')).toEqual([]);
  expect(sandbox.calls()).toContainEqual(
    expect.objectContaining({ service: 'states', operation: 'StartExecution', roleName: 'run-role' }),
  );
});

test('a schedule is kept, changed, listed and deleted', async () => {
  const { ScheduleArn } = await create('kept', {
    ScheduleExpression: 'rate(1 hour)',
    StartDate: new Date(sandbox.clock.now() + HOUR),
    GroupName: 'nightly',
  });
  expect(ScheduleArn).toBe('arn:aws:scheduler:us-east-1:123456789012:schedule/nightly/kept');
  await expect(create('kept', { GroupName: 'nightly' })).rejects.toMatchObject({ name: 'ConflictException' });
  expect(await scheduler.send(new GetScheduleCommand({ Name: 'kept', GroupName: 'nightly' }))).toMatchObject({
    State: 'ENABLED',
    ScheduleExpression: 'rate(1 hour)',
    StartDate: new Date(sandbox.clock.now() + HOUR),
    Target: { Arn: queueArn, Input: 'kept' },
  });
  await started.clock.advance(2 * HOUR);
  expect(await bodies('runs')).toEqual(['kept', 'kept']);

  await scheduler.send(
    new UpdateScheduleCommand({
      Name: 'kept',
      GroupName: 'nightly',
      State: 'DISABLED',
      ScheduleExpression: 'rate(1 hour)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Arn: queueArn, RoleArn },
    }),
  );
  await started.clock.advance(2 * HOUR);
  expect(await bodies('runs')).toEqual([]);
  const { Schedules = [] } = await scheduler.send(
    new ListSchedulesCommand({ GroupName: 'nightly', State: 'DISABLED' }),
  );
  expect(Schedules.map(({ Name }) => Name)).toEqual(['kept']);
  await scheduler.send(new DeleteScheduleCommand({ Name: 'kept', GroupName: 'nightly' }));
  await expect(scheduler.send(new GetScheduleCommand({ Name: 'kept', GroupName: 'nightly' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

test('groups have tags, and take their schedules with them', async () => {
  const { ScheduleGroupArn: ResourceArn = '' } = await scheduler.send(
    new CreateScheduleGroupCommand({ Name: 'passing', Tags: [{ Key: 'a', Value: '1' }] }),
  );
  await scheduler.send(new TagResourceCommand({ ResourceArn, Tags: [{ Key: 'b', Value: '2' }] }));
  await scheduler.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['a'] }));
  expect((await scheduler.send(new ListTagsForResourceCommand({ ResourceArn }))).Tags).toEqual([
    { Key: 'b', Value: '2' },
  ]);
  await create('in-passing', { GroupName: 'passing' });
  await scheduler.send(new DeleteScheduleGroupCommand({ Name: 'passing' }));
  await expect(scheduler.send(new GetScheduleGroupCommand({ Name: 'passing' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  const { ScheduleGroups = [] } = await scheduler.send(new ListScheduleGroupsCommand({}));
  expect(ScheduleGroups.map(({ Name }) => Name)).toEqual(['default', 'nightly']);
  await started.clock.advance(HOUR);
  expect(await bodies('runs')).toEqual([]);
});

test('a schedule that is done deletes itself where it is told to', async () => {
  await create('once', { ActionAfterCompletion: 'DELETE' });
  await create('stays');
  await started.clock.advance(60_000);
  await sandbox.idle();
  expect((await bodies('runs')).sort()).toEqual(['once', 'stays']);
  const { Schedules = [] } = await scheduler.send(new ListSchedulesCommand({ GroupName: 'default' }));
  expect(Schedules.map(({ Name }) => Name)).toEqual(['stays']);
});

test('a flexible window delays within its bounds', async () => {
  const dueMs = sandbox.clock.now() + 60_000;
  await create('flexible', {
    FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 30 },
    Target: { Input: 'late' },
  });
  await started.clock.advance(31 * 60_000);
  expect(await bodies('runs')).toEqual(['late']);
  const call = sandbox
    .calls()
    .findLast(({ operation, roleName }) => operation === 'SendMessage' && roleName === 'run-role');
  expect(call?.at).toBeGreaterThan(dueMs);
  expect(call?.at).toBeLessThanOrEqual(dueMs + 30 * 60_000);
});

describe('targets', () => {
  test('an event bus, a stream, and any call of any service', async () => {
    await create('event', {
      Target: {
        Arn: 'arn:aws:events:us-east-1:123456789012:event-bus/default',
        Input: '{"tick":1}',
        EventBridgeParameters: { Source: 'clock', DetailType: 'Tick' },
      },
    });
    await create('record', {
      Target: {
        Arn: 'arn:aws:kinesis:us-east-1:123456789012:stream/ticks',
        Input: 'tick',
        KinesisParameters: { PartitionKey: 'p' },
      },
    });
    const QueueUrl = `${sandbox.endpoint}/123456789012/runs`;
    await create('universal', {
      Target: {
        Arn: 'arn:aws:scheduler:::aws-sdk:sqs:sendMessage',
        Input: JSON.stringify({ QueueUrl, MessageBody: 'any call' }),
      },
    });
    await started.clock.advance(60_000);
    expect((await bodies('seen')).map((body = '{}') => JSON.parse(body))).toMatchObject([
      { source: 'clock', 'detail-type': 'Tick', detail: { tick: 1 } },
    ]);
    expect(await bodies('runs')).toEqual(['any call']);
    expect(sandbox.calls()).toContainEqual(
      expect.objectContaining({ service: 'kinesis', operation: 'PutRecord', roleName: 'run-role' }),
    );
  });

  test('an input that is not given tells of the schedule', async () => {
    await scheduler.send(
      new CreateScheduleCommand({
        Name: 'plain',
        ScheduleExpression: inMinutes(1),
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: { Arn: queueArn, RoleArn },
      }),
    );
    await started.clock.advance(60_000);
    const [body = '{}'] = await bodies('runs');
    expect(JSON.parse(body)).toMatchObject({
      source: 'aws.scheduler',
      'detail-type': 'Scheduled Event',
      resources: ['arn:aws:scheduler:us-east-1:123456789012:schedule/default/plain'],
    });
  });
});

describe('a call that fails', () => {
  const DeadLetterConfig = { Arn: 'arn:aws:sqs:us-east-1:123456789012:failed' };
  const attributesOf = async () => {
    const [letter] = await messages('failed');
    return Object.fromEntries(
      Object.entries(letter?.MessageAttributes ?? {}).map(([name, { StringValue }]) => [name, StringValue]),
    );
  };

  test('is made again while its policy allows it, then is a dead letter', async () => {
    const fault = sandbox.faults.inject({
      service: 'sqs',
      operation: 'SendMessage',
      caller: ({ roleArn }) => roleArn === RoleArn,
      effect: { kind: 'throttle' },
    });
    await create('throttled', { Target: { RetryPolicy: { MaximumRetryAttempts: 3 }, DeadLetterConfig } });
    await started.clock.advance(60_000);
    expect(fault.hits).toBe(1);
    await started.clock.advance(HOUR);
    fault.lift();
    expect(fault.hits).toBe(4);
    expect(await attributesOf()).toMatchObject({
      RETRY_ATTEMPTS: '3',
      EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
      TARGET_ARN: queueArn,
      ERROR_CODE: 'RequestThrottled',
    });
  });

  test('succeeds later', async () => {
    sandbox.faults.inject({
      service: 'sqs',
      operation: 'SendMessage',
      times: 1,
      effect: { kind: 'crash-caller', when: 'before' },
    });
    await create('later', { Target: { DeadLetterConfig } });
    await started.clock.advance(61_000);
    expect(await bodies('runs')).toEqual(['later']);
    expect(await attributesOf()).toEqual({});
  });

  test('for want of permission is not made again', async () => {
    await create('refused', {
      Target: {
        Arn: 'arn:aws:states:us-east-1:123456789012:stateMachine:sweep',
        Input: '{}',
        RoleArn: RoleArn.replace('run', 'powerless'),
        DeadLetterConfig,
      },
    });
    await started.clock.advance(60_000);
    expect(await attributesOf()).toMatchObject({
      ERROR_CODE: 'AccessDeniedException',
      RETRY_ATTEMPTS: '0',
      ERROR_MESSAGE: expect.stringContaining('not authorized to perform: states:StartExecution'),
    });
  });
});

test.each<[string, object, string]>([
  [
    'a role that the scheduler may not assume',
    { Target: { RoleArn: 'arn:aws:iam::123456789012:role/stranger-role' } },
    'must allow AWS EventBridge Scheduler to assume the role',
  ],
  [
    'a target of another kind',
    { Target: { Arn: 'arn:aws:ecs:us-east-1:123456789012:cluster/c' } },
    'does not emulate the target',
  ],
  [
    'a call that is none',
    { Target: { Arn: 'arn:aws:scheduler:::aws-sdk:sqs:sendPigeon' } },
    'does not emulate the target',
  ],
  ['an expression that is none', { ScheduleExpression: 'soon' }, 'Invalid Schedule Expression soon.'],
  ['a window without length', { FlexibleTimeWindow: { Mode: 'FLEXIBLE' } }, 'FlexibleTimeWindow'],
  ['a key of its own', { KmsKeyArn: 'arn:aws:kms:us-east-1:123456789012:key/k' }, 'does not emulate KmsKeyArn'],
])('%s is refused', async (_name, more, message) => {
  await expect(create('bad', more)).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining(message),
  });
});

test('creating a schedule needs leave to pass its role', async () => {
  const client = await clientOfRole(sandbox, SchedulerClient, [
    { Effect: 'Allow', Action: 'scheduler:*', Resource: '*' },
  ]);
  const request = {
    Name: 'sly',
    ScheduleExpression: 'rate(1 day)',
    FlexibleTimeWindow: { Mode: 'OFF' as const },
    Target: { Arn: queueArn, RoleArn },
  };
  await expect(client.send(new CreateScheduleCommand(request))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining('iam:PassRole'),
  });
});
