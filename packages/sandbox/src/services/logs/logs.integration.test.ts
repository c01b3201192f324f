import { gunzipSync } from 'node:zlib';
import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  ListDashboardsCommand,
} from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
  DescribeSubscriptionFiltersCommand,
  FilterLogEventsCommand,
  PutLogEventsCommand,
  PutSubscriptionFilterCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  DescribeArchiveCommand,
  DescribeEventBusCommand,
  EventBridgeClient,
  ListRulesCommand,
  PutEventsCommand,
} from '@aws-sdk/client-eventbridge';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { clientOfRole } from '../../testing/client-of-role.ts';
import { startTestSandbox, type TestSandbox } from '../../testing/start-test-sandbox.ts';

const logGroupName = '/aws/lambda/watched';
const logGroupArn = `arn:aws:logs:us-east-1:123456789012:log-group:${logGroupName}`;

const streamArn = 'arn:aws:kinesis:us-east-1:123456789012:stream/telemetry';

const trust = (Service: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }],
});

const role = (Service: string, Action: string, Resource: unknown) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: trust(Service),
    Policies: [
      {
        PolicyName: 'only',
        PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] },
      },
    ],
  },
});

const arnOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });

/** A watched group with both doors, a queue that hears of new groups and of alarms, a bus of one's own, an alarm on a metric filter. */
const template = {
  Resources: {
    Watched: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: logGroupName, RetentionInDays: 14 } },
    Stream: { Type: 'AWS::Kinesis::Stream', Properties: { Name: 'telemetry', ShardCount: 1 } },
    StreamRole: role('logs.amazonaws.com', 'kinesis:PutRecord', arnOf('Stream')),
    ToStream: {
      Type: 'AWS::Logs::SubscriptionFilter',
      Properties: {
        LogGroupName: { Ref: 'Watched' },
        FilterPattern: '',
        DestinationArn: arnOf('Stream'),
        RoleArn: arnOf('StreamRole'),
      },
    },
    FunctionRole: role('lambda.amazonaws.com', 'logs:*', '*'),
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: 'receiver',
        Handler: 'index.handler',
        Runtime: 'nodejs24.x',
        Role: arnOf('FunctionRole'),
        Timeout: 60,
        Code: {
          ZipFile: `exports.handler = async ({ awslogs }) => {
            const payload = JSON.parse(require('node:zlib').gunzipSync(Buffer.from(awslogs.data, 'base64')));
            console.log('received ' + payload.logEvents.map((event) => event.message).join('|'));
          };`,
        },
      },
    },
    MayInvoke: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        FunctionName: { Ref: 'Function' },
        Action: 'lambda:InvokeFunction',
        Principal: 'logs.amazonaws.com',
        SourceArn: arnOf('Watched'),
      },
    },
    ToFunction: {
      Type: 'AWS::Logs::SubscriptionFilter',
      DependsOn: 'MayInvoke',
      Properties: { LogGroupName: { Ref: 'Watched' }, FilterPattern: 'ERROR', DestinationArn: arnOf('Function') },
    },
    Errors: {
      Type: 'AWS::Logs::MetricFilter',
      Properties: {
        LogGroupName: { Ref: 'Watched' },
        FilterPattern: 'ERROR',
        MetricTransformations: [{ MetricName: 'errors', MetricNamespace: 'shop', MetricValue: '1' }],
      },
    },
    Alarm: {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: {
        AlarmName: 'errors',
        Namespace: 'shop',
        MetricName: 'errors',
        Statistic: 'Sum',
        Period: '60',
        EvaluationPeriods: '1',
        Threshold: '1',
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      },
    },
    Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'heard' } },
    MaySend: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: {
        Queues: [{ Ref: 'Queue' }],
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: 'events.amazonaws.com' },
              Action: 'sqs:SendMessage',
              Resource: arnOf('Queue'),
            },
          ],
        },
      },
    },
    Heard: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventPattern: { source: ['aws.logs', 'aws.cloudwatch'], detail: { alarmName: ['errors', { exists: false }] } },
        Targets: [{ Id: 'queue', Arn: arnOf('Queue') }],
      },
    },
    Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'shop' } },
    Archive: {
      Type: 'AWS::Events::Archive',
      Properties: { ArchiveName: 'all', SourceArn: arnOf('Bus'), RetentionDays: 1 },
    },
    Orders: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventBusName: { Ref: 'Bus' },
        EventPattern: { 'detail-type': ['OrderPlaced'] },
        Targets: [{ Id: 'queue', Arn: arnOf('Queue'), InputPath: '$.detail' }],
      },
    },
  },
};

let started: TestSandbox;
let logs: CloudWatchLogsClient;

beforeAll(async () => {
  started = await startTestSandbox();
  await started.sandbox.deployTemplate({ stackName: 'shop', template });
  logs = started.sandbox.client(CloudWatchLogsClient);
});
afterAll(() => started.stop());

const heard = async (): Promise<readonly Record<string, unknown>[]> => {
  const sqs = started.sandbox.client(SQSClient);
  const QueueUrl = started.sandbox.stack('shop').resources.Queue?.physicalId;
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  return (Messages ?? []).map(({ Body }) => JSON.parse(Body ?? '') as Record<string, unknown>);
};

interface Payload {
  readonly messageType: string;
  readonly logGroup: string;
  readonly logEvents: readonly { readonly message: string }[];
}

const payloads = async (): Promise<readonly Payload[]> => {
  const { kinesis } = started.sandbox.peers;
  const [shardId = ''] = await kinesis.shards(streamArn);
  const records = await kinesis.read(streamArn, shardId, undefined, 100);
  return records.map(({ data }) => JSON.parse(gunzipSync(data).toString()) as Payload);
};

const messagesOf = async (group: string): Promise<readonly string[]> => {
  const { events } = await logs.send(new FilterLogEventsCommand({ logGroupName: group }));
  return (events ?? []).map(({ message }) => message ?? '');
};

describe('logs in a stack', () => {
  test('reach the stream and the function', async () => {
    const { subscriptionFilters } = await logs.send(new DescribeSubscriptionFiltersCommand({ logGroupName }));
    expect(subscriptionFilters?.map(({ filterName }) => filterName)).toEqual([
      expect.stringMatching(/^shop-ToFunction-/),
      expect.stringMatching(/^shop-ToStream-/),
    ]);
    const timestamp = started.clock.now();
    await started.sandbox.peers.logs.write(logGroupName, 'a', [
      { timestamp, message: 'fine' },
      { timestamp, message: 'ERROR one' },
    ]);
    await started.sandbox.idle();
    const received = await payloads();
    expect(received.map(({ messageType }) => messageType)).toEqual(['CONTROL_MESSAGE', 'DATA_MESSAGE']);
    expect(received[1]?.logEvents.map(({ message }) => message)).toEqual(['fine', 'ERROR one']);
    expect(await messagesOf('/aws/lambda/receiver')).toContainEqual(expect.stringContaining('received ERROR one'));
  });

  test('become metrics, alarms and events', async () => {
    await started.clock.advance(60_000);
    const cloudWatch = started.sandbox.client(CloudWatchClient);
    const { MetricAlarms } = await cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames: ['errors'] }));
    expect(MetricAlarms?.[0]?.StateValue).toBe('ALARM');
    const MetricStat = {
      Metric: {
        Namespace: 'AWS/Logs',
        MetricName: 'IncomingLogEvents',
        Dimensions: [{ Name: 'LogGroupName', Value: logGroupName }],
      },
      Period: 60,
      Stat: 'Sum',
    };
    const range = { StartTime: new Date(started.clock.now() - 3_600_000), EndTime: new Date(started.clock.now()) };
    const { MetricDataResults } = await cloudWatch.send(
      new GetMetricDataCommand({ ...range, MetricDataQueries: [{ Id: 'm', MetricStat }] }),
    );
    expect(MetricDataResults?.[0]?.Values).toEqual([2]);
    const changes = (await heard()).filter(({ source }) => source === 'aws.cloudwatch');
    expect(changes).toMatchObject([{ detail: { alarmName: 'errors', state: { value: 'ALARM' } } }]);
  });

  test('tell the queue of a new group', async () => {
    await logs.send(new CreateLogGroupCommand({ logGroupName: '/aws/lambda/new' }));
    await started.sandbox.idle();
    const created = (await heard()).map(({ detail }) => (detail as { requestParameters: object }).requestParameters);
    expect(created).toContainEqual({ logGroupName: '/aws/lambda/new' });
  });

  test('a bus of one’s own has rules of its own', async () => {
    const events = started.sandbox.client(EventBridgeClient);
    const entry = { Source: 'shop', DetailType: 'OrderPlaced', Detail: '{"id":7}' };
    await events.send(new PutEventsCommand({ Entries: [{ ...entry, EventBusName: 'shop' }, entry] }));
    await started.sandbox.idle();
    expect(await heard()).toEqual([{ id: 7 }]);
  });
});

describe('an update of the stack', () => {
  test('keeps events, rules and archived events, and the state of alarms', async () => {
    const { Resources } = template;
    const changed = {
      Resources: {
        ...Resources,
        Watched: { ...Resources.Watched, Properties: { ...Resources.Watched.Properties, RetentionInDays: 30 } },
        Bus: { ...Resources.Bus, Properties: { Name: 'shop', Description: 'changed' } },
        Archive: { ...Resources.Archive, Properties: { ...Resources.Archive.Properties, RetentionDays: 2 } },
        Alarm: { ...Resources.Alarm, Properties: { ...Resources.Alarm.Properties, AlarmDescription: 'changed' } },
      },
    };
    await started.sandbox.deployTemplate({ stackName: 'shop', template: changed });
    const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: logGroupName }));
    expect(logGroups?.[0]?.retentionInDays).toBe(30);
    expect(await messagesOf(logGroupName)).toEqual(['fine', 'ERROR one']);
    const { MetricAlarms } = await started.sandbox.client(CloudWatchClient).send(new DescribeAlarmsCommand({}));
    expect(MetricAlarms?.[0]).toMatchObject({ AlarmDescription: 'changed', StateValue: 'ALARM' });
    const events = started.sandbox.client(EventBridgeClient);
    expect(await events.send(new DescribeEventBusCommand({ Name: 'shop' }))).toMatchObject({ Description: 'changed' });
    expect((await events.send(new ListRulesCommand({ EventBusName: 'shop' }))).Rules).toHaveLength(1);
    expect(await events.send(new DescribeArchiveCommand({ ArchiveName: 'all' }))).toMatchObject({
      RetentionDays: 2,
      EventCount: 1,
    });
  });
});

describe('a subscription whose role lost its permission', () => {
  test('loses ten minutes of logs, and works again after them', async () => {
    const { sandbox, clock } = started;
    const group = '/aws/lambda/broken';
    const resources = sandbox.stack('shop').resources;
    await logs.send(new CreateLogGroupCommand({ logGroupName: group }));
    await logs.send(
      new PutSubscriptionFilterCommand({
        logGroupName: group,
        filterName: 'to-stream',
        filterPattern: '',
        destinationArn: streamArn,
        roleArn: `arn:aws:iam::123456789012:role/${resources.StreamRole?.physicalId}`,
      }),
    );
    const write = async (message: string) => {
      await sandbox.peers.logs.write(group, 'a', [{ timestamp: clock.now(), message }]);
      await sandbox.idle();
    };
    const restore = sandbox.iam.withoutStatement(resources.StreamRole?.physicalId ?? '', 0);
    await write('refused');
    restore();
    await clock.advance(9 * 60_000);
    await write('skipped');
    await clock.advance(60_000);
    await write('delivered');
    const received = (await payloads()).filter(({ logGroup }) => logGroup === group);
    expect(received.flatMap(({ logEvents }) => logEvents.map(({ message }) => message))).toEqual(['delivered']);
    expect(await messagesOf(group)).toEqual(['refused', 'skipped', 'delivered']);
  });
});

describe('a second stack', () => {
  const account = {
    Resources: {
      MayInvoke: {
        Type: 'AWS::Lambda::Permission',
        Properties: {
          FunctionName: 'receiver',
          Action: 'lambda:InvokeFunction',
          Principal: 'logs.us-east-1.amazonaws.com',
          SourceArn: 'arn:aws:logs:us-east-1:123456789012:*',
        },
      },
      Everything: {
        Type: 'AWS::Logs::AccountPolicy',
        DependsOn: 'MayInvoke',
        Properties: {
          PolicyName: 'everything',
          PolicyType: 'SUBSCRIPTION_FILTER_POLICY',
          PolicyDocument: JSON.stringify({
            DestinationArn: 'arn:aws:lambda:us-east-1:123456789012:function:receiver',
            FilterPattern: '',
          }),
          SelectionCriteria: `LogGroupName NOT IN ["${logGroupName}"]`,
        },
      },
      Others: {
        Type: 'AWS::Events::EventBusPolicy',
        Properties: {
          EventBusName: 'shop',
          StatementId: 'others',
          Statement: { Effect: 'Allow', Principal: '*', Action: 'events:PutEvents', Resource: '*' },
        },
      },
      Board: { Type: 'AWS::CloudWatch::Dashboard', Properties: { DashboardName: 'board', DashboardBody: '{}' } },
    },
  };

  test('subscribes the account, and takes it all back when it is removed', async () => {
    const { sandbox } = started;
    const events = sandbox.client(EventBridgeClient);
    const write = async (message: string) => {
      await sandbox.peers.logs.write('/other', 'a', [{ timestamp: started.clock.now(), message }]);
      await sandbox.idle();
    };
    await sandbox.deployTemplate({ stackName: 'account', template: account });
    await write('for the policy');
    expect(await messagesOf('/aws/lambda/receiver')).toContainEqual(expect.stringContaining('received for the policy'));
    expect((await events.send(new DescribeEventBusCommand({ Name: 'shop' }))).Policy).toContain('others');
    await sandbox.remove('account');
    await write('for nobody');
    expect(await messagesOf('/aws/lambda/receiver')).not.toContainEqual(expect.stringContaining('for nobody'));
    expect((await events.send(new DescribeEventBusCommand({ Name: 'shop' }))).Policy).toBeUndefined();
    const dashboards = await sandbox.client(CloudWatchClient).send(new ListDashboardsCommand({}));
    expect(dashboards.DashboardEntries).toEqual([]);
  });
});

describe('a role', () => {
  const client = (Action: string, Resource: string) =>
    clientOfRole(started.sandbox, CloudWatchLogsClient, [{ Effect: 'Allow', Action, Resource }]);
  const filter = () => new FilterLogEventsCommand({ logGroupName });

  test('reads a group whose ARN its policy names with a trailing :*', async () => {
    const allowed = await client('logs:FilterLogEvents', `${logGroupArn}:*`);
    await expect(allowed.send(filter())).resolves.toMatchObject({ events: expect.any(Array) });
    const bare = await client('logs:FilterLogEvents', logGroupArn);
    await expect(bare.send(filter())).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test('writes only the streams that its policy names', async () => {
    const writer = await client('logs:PutLogEvents', `${logGroupArn}:log-stream:b`);
    const put = (logStreamName: string) =>
      new PutLogEventsCommand({
        logGroupName,
        logStreamName,
        logEvents: [{ timestamp: started.clock.now(), message: 'x' }],
      });
    await expect(writer.send(put('a'))).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await expect(writer.send(put('b'))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});
