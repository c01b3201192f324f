import {
  CreateArchiveCommand,
  CreateEventBusCommand,
  DeleteEventBusCommand,
  DeleteRuleCommand,
  DescribeArchiveCommand,
  DescribeEventBusCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  EventBridgeClient,
  ListEventBusesCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  PutPermissionCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  StartReplayCommand,
  type Target,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { BusEvent, EventsPeer, InvokeRequest, Peers } from '../../core/peers.ts';
import { ApiError } from '../../core/service.ts';
import { VirtualClock } from '../../core/time/virtual-clock.ts';
import { type LoneService, startLoneService } from '../../testing/lone-service.ts';
import { createEvents } from './index.ts';

const START = Date.UTC(2026, 0, 1);
const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:handle';
const queueArn = 'arn:aws:sqs:us-east-1:123456789012:queue';
const roleArn = 'arn:aws:iam::123456789012:role/events';

let clock: VirtualClock;
let lone: LoneService<EventsPeer>;
let events: EventBridgeClient;
/** What each kind of target received. */
let received: { target: string; body: string; more?: unknown }[];
/** Errors of the next invocations, first to last. */
let failures: ApiError[];
let deniedActions: string[];

const peers = {
  lambda: {
    async invokeAsync({ functionName, payload, principal }: InvokeRequest) {
      const failure = failures.shift();
      if (failure) throw failure;
      received.push({ target: functionName, body: String(payload), more: principal });
    },
  },
  sqs: {
    send: async (target: string, body: string, more?: unknown) => void received.push({ target, body, more }),
  },
  kinesis: {
    putRecord: async (target: string, data: Buffer, more: string) =>
      received.push({ target, body: String(data), more }),
  },
  firehose: { put: async (target: string, data: Buffer) => void received.push({ target, body: String(data) }) },
  logs: {
    write: async (target: string, _stream: string, lines: { message: string }[]) =>
      void received.push({ target, body: lines[0]?.message ?? '' }),
  },
  metrics: { put: () => undefined },
  iam: {
    assertServiceMayAssume: () => undefined,
    assertRoleAllows: (_roleArn: string, action: string) => {
      if (deniedActions.includes(action)) throw new ApiError('AccessDeniedException', `not allowed: ${action}`);
    },
  },
} as unknown as Partial<Peers>;

beforeEach(async () => {
  clock = new VirtualClock(START);
  received = [];
  failures = [];
  deniedActions = [];
  lone = await startLoneService(createEvents, { clock, peers });
  events = new EventBridgeClient(lone.clientConfig);
});

afterEach(async () => {
  events.destroy();
  await lone.stop();
});

const givenRule = async (target: Partial<Target>, rule: object = {}): Promise<void> => {
  const Name = 'rule';
  await events.send(new PutRuleCommand({ Name, EventPattern: '{"source":["shop"]}', ...rule }));
  const EventBusName = (rule as { EventBusName?: string }).EventBusName;
  const Targets = [{ Id: 't', Arn: functionArn, ...target }];
  await events.send(new PutTargetsCommand({ Rule: Name, Targets, ...(EventBusName ? { EventBusName } : {}) }));
};

const put = (entry: object = {}) =>
  events.send(
    new PutEventsCommand({
      Entries: [{ Source: 'shop', DetailType: 'OrderPlaced', Detail: '{"id":7,"name":"a \\"b\\""}', ...entry }],
    }),
  );

const bodies = (): unknown[] => received.map(({ body }) => JSON.parse(body));

describe('PutEvents', () => {
  test('delivers an event to the function of a rule that matches', async () => {
    await givenRule({});
    const { Entries } = await put({ Resources: ['arn:x'], Time: new Date(START - 5_000) });
    await put({ Source: 'other' });
    await clock.advance(0);
    expect(bodies()).toEqual([
      {
        version: '0',
        id: Entries?.[0]?.EventId,
        'detail-type': 'OrderPlaced',
        source: 'shop',
        account: '123456789012',
        time: '2025-12-31T23:59:55Z',
        region: 'us-east-1',
        resources: ['arn:x'],
        detail: { id: 7, name: 'a "b"' },
      },
    ]);
    expect(received[0]?.more).toEqual({
      kind: 'service',
      service: 'events.amazonaws.com',
      sourceArn: 'arn:aws:events:us-east-1:123456789012:rule/rule',
      sourceAccount: '123456789012',
    });
  });

  test('answers each entry by itself', async () => {
    await givenRule({});
    const good = { Source: 'shop', DetailType: 't', Detail: '{}' };
    const { FailedEntryCount, Entries } = await events.send(
      new PutEventsCommand({
        Entries: [
          good,
          { ...good, Detail: '{' },
          { ...good, Detail: '[]' },
          { DetailType: 't', Detail: '{}' },
          { ...good, Source: 'aws.ec2' },
          { ...good, EventBusName: 'missing' },
        ],
      }),
    );
    await clock.advance(0);
    expect(FailedEntryCount).toBe(5);
    expect(Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([
      undefined,
      'MalformedDetail',
      'MalformedDetail',
      'InvalidArgument',
      'NotAuthorizedForSourceException',
      'ResourceNotFoundException',
    ]);
    expect(received).toHaveLength(1);
  });

  test('refuses eleven entries, and more than 1 MB', async () => {
    const entry = { Source: 's', DetailType: 't', Detail: '{}' };
    await expect(events.send(new PutEventsCommand({ Entries: Array(11).fill(entry) }))).rejects.toThrow(
      'between 1 and 10',
    );
    await expect(put({ Detail: JSON.stringify({ x: 'x'.repeat(1_048_576) }) })).rejects.toThrow('over the limit');
  });

  test('carries what services emit, and what they put on a bus of one’s own', async () => {
    await events.send(new CreateEventBusCommand({ Name: 'own' }));
    await givenRule({}, { EventPattern: '{"source":["aws.logs"]}' });
    lone.peer.emit({ source: 'aws.logs', detailType: 'AWS API Call via CloudTrail', detail: {} });
    await clock.advance(0);
    expect(bodies()).toMatchObject([{ source: 'aws.logs', resources: [] }]);
  });
});

describe('targets', () => {
  test.each<[string, Partial<Target>, unknown]>([
    ['Input', { Input: '{"constant":true}' }, { constant: true }],
    ['InputPath', { InputPath: '$.detail' }, { id: 7, name: 'a "b"' }],
    [
      'InputTransformer',
      {
        InputTransformer: {
          InputPathsMap: { id: '$.detail.id', name: '$.detail.name', all: '$.detail', none: '$.detail.none' },
          InputTemplate:
            '{"id": <id>, "text": "order <id> of <name>", "name": <name>, "all": <all>, "none": <none>, "rule": <aws.events.rule-name>}',
        },
      },
      { id: 7, text: 'order 7 of a "b"', name: 'a "b"', all: { id: 7, name: 'a "b"' }, none: '', rule: 'rule' },
    ],
    [
      'a template of text',
      { InputTransformer: { InputPathsMap: { id: '$.detail.id' }, InputTemplate: '"order <id>"' } },
      'order 7',
    ],
  ])('receive what %s makes', async (_name, target, expected) => {
    await givenRule(target);
    await put();
    await clock.advance(0);
    expect(bodies()).toEqual([expected]);
  });

  test.each<[string, Partial<Target>, string]>([
    ['a queue', { Arn: queueArn }, queueArn],
    [
      'a stream',
      { Arn: 'arn:aws:kinesis:us-east-1:123456789012:stream/s', RoleArn: roleArn },
      'arn:aws:kinesis:us-east-1:123456789012:stream/s',
    ],
    [
      'a delivery stream',
      { Arn: 'arn:aws:firehose:us-east-1:123456789012:deliverystream/s', RoleArn: roleArn },
      'arn:aws:firehose:us-east-1:123456789012:deliverystream/s',
    ],
    ['a log group', { Arn: 'arn:aws:logs:us-east-1:123456789012:log-group:/aws/events/all:*' }, '/aws/events/all'],
  ])('may be %s', async (_name, target, expected) => {
    await givenRule(target);
    await put();
    await clock.advance(0);
    expect(received.map((delivery) => delivery.target)).toEqual([expected]);
  });

  test('may be another bus, by a role', async () => {
    await events.send(new CreateEventBusCommand({ Name: 'own' }));
    await givenRule({}, { EventBusName: 'own' });
    const Arn = 'arn:aws:events:us-east-1:123456789012:event-bus/own';
    await givenRule({ Arn, RoleArn: roleArn });
    await put();
    await clock.advance(0);
    expect(received.map(({ target }) => target)).toEqual([functionArn]);
    deniedActions = ['events:PutEvents'];
    await put();
    await clock.advance(0);
    expect(received).toHaveLength(1);
  });

  test('are keyed in a stream by a path', async () => {
    const Arn = 'arn:aws:kinesis:us-east-1:123456789012:stream/s';
    await givenRule({ Arn, RoleArn: roleArn, KinesisParameters: { PartitionKeyPath: '$.detail.id' } });
    await put();
    await clock.advance(0);
    expect(received[0]?.more).toBe('7');
  });

  test('are tried again while they throttle', async () => {
    await givenRule({});
    failures = [new ApiError('TooManyRequestsException', 'no', 429), new ApiError('ServiceException', 'no', 500)];
    await put();
    await clock.advance(10_000);
    expect(received).toHaveLength(1);
  });

  test('give up by their retry policy, and bury the event with its reason', async () => {
    await givenRule({ RetryPolicy: { MaximumRetryAttempts: 2 }, DeadLetterConfig: { Arn: queueArn } });
    failures = Array.from({ length: 9 }, () => new ApiError('TooManyRequestsException', 'no', 429));
    await put();
    await clock.advance(3_600_000);
    expect(failures).toHaveLength(6);
    expect(received).toMatchObject([
      {
        target: queueArn,
        more: {
          ERROR_CODE: 'THROTTLING',
          RETRY_ATTEMPTS: '2',
          EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
          TARGET_ARN: functionArn,
        },
      },
    ]);
    expect((bodies()[0] as BusEvent).source).toBe('shop');
  });

  test('bury at once what may not be delivered', async () => {
    await givenRule({ DeadLetterConfig: { Arn: queueArn } });
    failures = [new ApiError('AccessDeniedException', 'no', 403)];
    await put();
    await clock.advance(0);
    expect(received).toMatchObject([{ target: queueArn, more: { ERROR_CODE: 'NO_PERMISSIONS', RETRY_ATTEMPTS: '0' } }]);
  });

  test('end by age', async () => {
    await givenRule({ RetryPolicy: { MaximumEventAgeInSeconds: 60 }, DeadLetterConfig: { Arn: queueArn } });
    failures = Array.from({ length: 99 }, () => new ApiError('TooManyRequestsException', 'no', 429));
    await put();
    await clock.advance(3_600_000);
    expect(received[0]?.more).toMatchObject({ EXHAUSTED_RETRY_CONDITION: 'MaximumEventAgeInSeconds' });
  });

  test.each<[Partial<Target>, string]>([
    [{ Arn: 'arn:aws:states:us-east-1:123456789012:stateMachine:m' }, 'arn:aws:states'],
    [{ EcsParameters: { TaskDefinitionArn: 'arn' } }, 'EcsParameters'],
    [{ Arn: 'arn:aws:kinesis:us-east-1:123456789012:stream/s' }, 'RoleArn is required'],
    [{ Input: '{' }, 'JSON syntax error'],
    [{ Input: '{}', InputPath: '$' }, 'Only one of'],
  ])('refuse %j', async (target, reason) => {
    await expect(givenRule(target)).rejects.toMatchObject({ message: expect.stringContaining(reason) });
  });
});

describe('rules', () => {
  test('run on a schedule while they are enabled', async () => {
    await givenRule({}, { EventPattern: undefined, ScheduleExpression: 'rate(5 minutes)' });
    await clock.advance(15 * 60_000);
    await events.send(new DisableRuleCommand({ Name: 'rule' }));
    await clock.advance(15 * 60_000);
    expect(bodies()).toMatchObject(
      ['2026-01-01T00:05:00Z', '2026-01-01T00:10:00Z', '2026-01-01T00:15:00Z'].map((time) => ({
        time,
        source: 'aws.events',
        'detail-type': 'Scheduled Event',
        resources: ['arn:aws:events:us-east-1:123456789012:rule/rule'],
        detail: {},
      })),
    );
  });

  test('do nothing while they are disabled', async () => {
    await givenRule({}, { State: 'DISABLED' });
    await put();
    await clock.advance(0);
    expect(received).toEqual([]);
  });

  test('are described, listed, and deleted once they have no targets', async () => {
    await givenRule({ Id: 'one' });
    expect(await events.send(new DescribeRuleCommand({ Name: 'rule' }))).toMatchObject({
      Arn: 'arn:aws:events:us-east-1:123456789012:rule/rule',
      EventPattern: '{"source":["shop"]}',
      State: 'ENABLED',
    });
    expect((await events.send(new ListRulesCommand({ NamePrefix: 'ru' }))).Rules).toHaveLength(1);
    expect((await events.send(new ListTargetsByRuleCommand({ Rule: 'rule' }))).Targets).toEqual([
      { Id: 'one', Arn: functionArn },
    ]);
    await expect(events.send(new DeleteRuleCommand({ Name: 'rule' }))).rejects.toThrow('has targets');
    await events.send(new RemoveTargetsCommand({ Rule: 'rule', Ids: ['one'] }));
    await events.send(new DeleteRuleCommand({ Name: 'rule' }));
    await expect(events.send(new DescribeRuleCommand({ Name: 'rule' }))).rejects.toThrow('does not exist');
  });

  test('refuse a pattern that is none', async () => {
    const rule = new PutRuleCommand({ Name: 'r', EventPattern: '{"source":"shop"}' });
    await expect(events.send(rule)).rejects.toMatchObject({ name: 'InvalidEventPatternException' });
    await expect(events.send(new PutRuleCommand({ Name: 'r' }))).rejects.toThrow('must be specified');
  });

  test('have room for five targets', async () => {
    const Targets = Array.from({ length: 6 }, (_, index) => ({ Id: String(index), Arn: functionArn }));
    await givenRule({});
    const sixth = events.send(new PutTargetsCommand({ Rule: 'rule', Targets }));
    await expect(sixth).rejects.toMatchObject({ name: 'LimitExceededException' });
  });
});

describe('buses', () => {
  test('are created, listed and deleted; the default one stays', async () => {
    const { EventBusArn } = await events.send(new CreateEventBusCommand({ Name: 'own', Description: 'mine' }));
    expect(EventBusArn).toBe('arn:aws:events:us-east-1:123456789012:event-bus/own');
    expect(await events.send(new DescribeEventBusCommand({ Name: 'own' }))).toMatchObject({
      Name: 'own',
      Description: 'mine',
    });
    await events.send(
      new PutPermissionCommand({
        EventBusName: 'own',
        StatementId: 's',
        Action: 'events:PutEvents',
        Principal: '210987654321',
      }),
    );
    const { Policy } = await events.send(new DescribeEventBusCommand({ Name: EventBusArn }));
    expect(Policy).toContain('arn:aws:iam::210987654321:root');
    const { EventBuses } = await events.send(new ListEventBusesCommand({}));
    expect(EventBuses?.map(({ Name }) => Name)).toEqual(['default', 'own']);
    await events.send(new DeleteEventBusCommand({ Name: 'own' }));
    await expect(events.send(new DescribeEventBusCommand({ Name: 'own' }))).rejects.toThrow('does not exist');
    await expect(events.send(new DeleteEventBusCommand({ Name: 'default' }))).rejects.toThrow('Cannot delete');
  });
});

describe('TestEventPattern', () => {
  const Event = JSON.stringify({
    id: '1',
    account: '1',
    source: 'a',
    time: 't',
    region: 'r',
    resources: [],
    'detail-type': 'd',
  });

  test('says whether the pattern matches', async () => {
    const result = async (EventPattern: string) =>
      (await events.send(new TestEventPatternCommand({ EventPattern, Event }))).Result;
    expect(await result('{"source":["a"]}')).toBe(true);
    expect(await result('{"source":["b"]}')).toBe(false);
    await expect(result('{}')).rejects.toMatchObject({ name: 'InvalidEventPatternException' });
    const incomplete = new TestEventPatternCommand({ EventPattern: '{"source":["a"]}', Event: '{"source":"a"}' });
    await expect(events.send(incomplete)).rejects.toThrow('detail-type');
  });
});

describe('archives', () => {
  test('keep what matches, and replay it to the bus', async () => {
    const EventSourceArn = 'arn:aws:events:us-east-1:123456789012:event-bus/default';
    const archive = {
      ArchiveName: 'a',
      EventSourceArn,
      EventPattern: '{"detail-type":["OrderPlaced"]}',
      RetentionDays: 1,
    };
    const { ArchiveArn } = await events.send(new CreateArchiveCommand(archive));
    await put();
    await put({ DetailType: 'Other' });
    expect(await events.send(new DescribeArchiveCommand({ ArchiveName: 'a' }))).toMatchObject({
      EventCount: 1,
      State: 'ENABLED',
    });
    await givenRule({});
    const replay = {
      ReplayName: 'again',
      EventSourceArn: ArchiveArn,
      EventStartTime: new Date(START),
      EventEndTime: new Date(START + 1_000),
      Destination: { Arn: EventSourceArn },
    };
    await events.send(new StartReplayCommand(replay));
    await clock.advance(0);
    expect(bodies()).toMatchObject([{ source: 'shop', 'replay-name': 'again' }]);
    expect((await events.send(new DescribeArchiveCommand({ ArchiveName: 'a' }))).EventCount).toBe(1);
    await clock.advance(2 * 86_400_000);
    expect((await events.send(new DescribeArchiveCommand({ ArchiveName: 'a' }))).EventCount).toBe(0);
  });
});
