import { CloudWatchClient, DescribeAlarmsCommand, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import {
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
  DescribeSubscriptionFiltersCommand,
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
import { logGroupName, startWatchedGroup, template, type WatchedGroup } from './testing/watched-group.ts';

let watched: WatchedGroup;
beforeAll(async () => {
  watched = await startWatchedGroup();
});
afterAll(() => watched.stop());

const heard = async (): Promise<readonly Record<string, unknown>[]> => {
  const sqs = watched.sandbox.client(SQSClient);
  const QueueUrl = watched.sandbox.stack('shop').resources.Queue?.physicalId;
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  return (Messages ?? []).map(({ Body }) => JSON.parse(Body ?? '') as Record<string, unknown>);
};

describe('logs in a stack', () => {
  test('reach the stream and the function', async () => {
    const { subscriptionFilters } = await watched.logs.send(new DescribeSubscriptionFiltersCommand({ logGroupName }));
    expect(subscriptionFilters?.map(({ filterName }) => filterName)).toEqual([
      expect.stringMatching(/^shop-ToFunction-/),
      expect.stringMatching(/^shop-ToStream-/),
    ]);
    const timestamp = watched.clock.now();
    await watched.sandbox.peers.logs.write(logGroupName, 'a', [
      { timestamp, message: 'fine' },
      { timestamp, message: 'ERROR one' },
    ]);
    await watched.sandbox.idle();
    const received = await watched.payloads();
    expect(received.map(({ messageType }) => messageType)).toEqual(['CONTROL_MESSAGE', 'DATA_MESSAGE']);
    expect(received[1]?.logEvents.map(({ message }) => message)).toEqual(['fine', 'ERROR one']);
    expect(await watched.messagesOf('/aws/lambda/receiver')).toContainEqual(
      expect.stringContaining('received ERROR one'),
    );
  });

  test('become metrics, alarms and events', async () => {
    await watched.clock.advance(60_000);
    const cloudWatch = watched.sandbox.client(CloudWatchClient);
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
    const range = { StartTime: new Date(watched.clock.now() - 3_600_000), EndTime: new Date(watched.clock.now()) };
    const { MetricDataResults } = await cloudWatch.send(
      new GetMetricDataCommand({ ...range, MetricDataQueries: [{ Id: 'm', MetricStat }] }),
    );
    expect(MetricDataResults?.[0]?.Values).toEqual([2]);
    const changes = (await heard()).filter(({ source }) => source === 'aws.cloudwatch');
    expect(changes).toMatchObject([{ detail: { alarmName: 'errors', state: { value: 'ALARM' } } }]);
  });

  test('tell the queue of a new group', async () => {
    await watched.logs.send(new CreateLogGroupCommand({ logGroupName: '/aws/lambda/new' }));
    await watched.sandbox.idle();
    const created = (await heard()).map(({ detail }) => (detail as { requestParameters: object }).requestParameters);
    expect(created).toContainEqual({ logGroupName: '/aws/lambda/new' });
  });

  test('a bus of one’s own has rules of its own', async () => {
    const events = watched.sandbox.client(EventBridgeClient);
    const entry = { Source: 'shop', DetailType: 'OrderPlaced', Detail: '{"id":7}' };
    await events.send(new PutEventsCommand({ Entries: [{ ...entry, EventBusName: 'shop' }, entry] }));
    await watched.sandbox.idle();
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
    await watched.sandbox.deployTemplate({ stackName: 'shop', template: changed });
    const { logGroups } = await watched.logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: logGroupName }));
    expect(logGroups?.[0]?.retentionInDays).toBe(30);
    expect(await watched.messagesOf(logGroupName)).toEqual(['fine', 'ERROR one']);
    const { MetricAlarms } = await watched.sandbox.client(CloudWatchClient).send(new DescribeAlarmsCommand({}));
    expect(MetricAlarms?.[0]).toMatchObject({ AlarmDescription: 'changed', StateValue: 'ALARM' });
    const events = watched.sandbox.client(EventBridgeClient);
    expect(await events.send(new DescribeEventBusCommand({ Name: 'shop' }))).toMatchObject({ Description: 'changed' });
    expect((await events.send(new ListRulesCommand({ EventBusName: 'shop' }))).Rules).toHaveLength(1);
    expect(await events.send(new DescribeArchiveCommand({ ArchiveName: 'all' }))).toMatchObject({
      RetentionDays: 2,
      EventCount: 1,
    });
  });
});
