import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DeleteLogStreamCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  ListTagsForResourceCommand,
  PutLogEventsCommand,
  PutMetricFilterCommand,
  PutRetentionPolicyCommand,
  paginateFilterLogEvents,
  StartQueryCommand,
  TagResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { VirtualClock } from '../../core/time/virtual-clock.ts';
import { type LoneService, startLoneService } from '../../testing/lone-service.ts';
import { createLogs } from './index.ts';
import type { LogsPeer } from './logs-peer.ts';
import { RecordedPeers } from './testing/recorded-peers.ts';

const START = Date.UTC(2026, 0, 1);
const DAY_MS = 86_400_000;
const logGroupName = '/aws/lambda/checkout';
const logStreamName = '2026/01/01/[$LATEST]0123456789abcdef';

let clock: VirtualClock;
let recorded: RecordedPeers;
let lone: LoneService<LogsPeer>;
let logs: CloudWatchLogsClient;

beforeEach(async () => {
  clock = new VirtualClock(START);
  recorded = new RecordedPeers();
  lone = await startLoneService(createLogs, { clock, peers: recorded.peers });
  logs = new CloudWatchLogsClient(lone.clientConfig);
});

afterEach(async () => {
  logs.destroy();
  await lone.stop();
});

const givenStream = async (): Promise<void> => {
  await logs.send(new CreateLogGroupCommand({ logGroupName }));
  await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
};

const lines = (count: number, from = START) =>
  Array.from({ length: count }, (_, index) => ({ timestamp: from + index, message: `line ${index}` }));

describe('PutLogEvents', () => {
  test('stores what FilterLogEvents and GetLogEvents give back', async () => {
    await givenStream();
    await logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents: lines(3) }));
    const filtered = await logs.send(new FilterLogEventsCommand({ logGroupName, filterPattern: '-"line 1"' }));
    expect(filtered.events?.map(({ message }) => message)).toEqual(['line 0', 'line 2']);
    expect(filtered.events?.[0]).toMatchObject({ logStreamName, timestamp: START, ingestionTime: START });
    expect(filtered.events?.[0]?.eventId).toMatch(/^\d{56}$/);
    const got = await logs.send(new GetLogEventsCommand({ logGroupName, logStreamName, limit: 2 }));
    expect(got.events?.map(({ message }) => message)).toEqual(['line 1', 'line 2']);
  });

  test('rejects the events that are too old, expired or too new, and takes the rest', async () => {
    await givenStream();
    await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 1 }));
    const put = (timestamps: number[]) =>
      logs.send(
        new PutLogEventsCommand({
          logGroupName,
          logStreamName,
          logEvents: timestamps.map((timestamp) => ({ timestamp, message: 'x' })),
        }),
      );
    const old = await put([START - 14 * DAY_MS - 1, START - 14 * DAY_MS + 1]);
    expect(old.rejectedLogEventsInfo).toEqual({ tooOldLogEventEndIndex: 1, expiredLogEventEndIndex: 2 });
    const early = await put([START, START + 7_200_001]);
    expect(early.rejectedLogEventsInfo).toEqual({ tooNewLogEventStartIndex: 1 });
    const { events } = await logs.send(new FilterLogEventsCommand({ logGroupName }));
    expect(events?.map(({ timestamp }) => timestamp)).toEqual([START]);
  });

  test.each([
    ['an empty batch', [], 'length greater than or equal to 1'],
    [
      'events out of order',
      [
        { timestamp: START + 1, message: 'b' },
        { timestamp: START, message: 'a' },
      ],
      'chronological',
    ],
    [
      'a span of over 24 hours',
      [
        { timestamp: START - DAY_MS - 1, message: 'a' },
        { timestamp: START, message: 'b' },
      ],
      'span',
    ],
    ['10,001 events', lines(10_001, START - 10_001), '10000'],
    ['an event over 1 MiB', [{ timestamp: START, message: 'x'.repeat(1_048_576) }], 'Log event too large'],
    ['a batch over 1 MiB', lines(2).map((line) => ({ ...line, message: 'x'.repeat(600_000) })), 'Upload too large'],
  ])('refuses %s', async (_name, logEvents, reason) => {
    await givenStream();
    const put = logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
    await expect(put).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining(reason),
    });
  });

  test('says which of group and stream is missing', async () => {
    const put = () => logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents: lines(1) }));
    await expect(put()).rejects.toMatchObject({ name: 'ResourceNotFoundException', message: /log group/ });
    await logs.send(new CreateLogGroupCommand({ logGroupName }));
    await expect(put()).rejects.toMatchObject({ name: 'ResourceNotFoundException', message: /log stream/ });
  });
});

describe('GetLogEvents', () => {
  test('pages forwards and backwards, and repeats its token at the end', async () => {
    await givenStream();
    await logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents: lines(5) }));
    const get = (nextToken?: string) =>
      logs.send(
        new GetLogEventsCommand({
          logGroupName,
          logStreamName,
          limit: 2,
          startFromHead: true,
          ...(nextToken ? { nextToken } : {}),
        }),
      );
    const first = await get();
    const second = await get(first.nextForwardToken);
    const third = await get(second.nextForwardToken);
    const end = await get(third.nextForwardToken);
    const back = await get(third.nextBackwardToken);
    expect([first, second, third].map(({ events }) => events?.map(({ message }) => message))).toEqual([
      ['line 0', 'line 1'],
      ['line 2', 'line 3'],
      ['line 4'],
    ]);
    expect(end.events).toEqual([]);
    expect(end.nextForwardToken).toBe(third.nextForwardToken);
    expect(back.events?.map(({ message }) => message)).toEqual(['line 2', 'line 3']);
    await logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents: lines(1, START + 10) }));
    expect((await get(end.nextForwardToken)).events?.map(({ timestamp }) => timestamp)).toEqual([START + 10]);
  });
});

describe('FilterLogEvents', () => {
  test('interleaves streams by time over all pages', async () => {
    for (let event = 0; event < 25; event++) {
      await lone.peer.write(logGroupName, `stream-${event % 3}`, [
        { timestamp: START - event, message: `${24 - event}` },
      ]);
    }
    const messages: (string | undefined)[] = [];
    for await (const page of paginateFilterLogEvents({ client: logs, pageSize: 4 }, { logGroupName })) {
      expect(page.events?.length).toBeLessThanOrEqual(4);
      messages.push(...(page.events ?? []).map(({ message }) => message));
    }
    expect(messages).toEqual(Array.from({ length: 25 }, (_, index) => String(index)));
  });

  test('ends a page at 1 MB', async () => {
    const message = 'x'.repeat(400_000);
    await lone.peer.write(
      logGroupName,
      'a',
      lines(5).map((line) => ({ ...line, message })),
    );
    const { events, nextToken } = await logs.send(new FilterLogEventsCommand({ logGroupName }));
    expect(events).toHaveLength(2);
    expect(nextToken).toBeDefined();
  });

  test('selects by stream, prefix and time', async () => {
    await lone.peer.write(logGroupName, 'a-1', lines(3));
    await lone.peer.write(logGroupName, 'b-1', lines(3));
    const count = async (input: object) =>
      (await logs.send(new FilterLogEventsCommand({ logGroupName, ...input }))).events?.length;
    expect(await count({ logStreamNames: ['a-1'] })).toBe(3);
    expect(await count({ logStreamNamePrefix: 'b' })).toBe(3);
    expect(await count({ startTime: START + 1, endTime: START + 1 })).toBe(2);
    await expect(count({ logStreamNames: ['a-1'], logStreamNamePrefix: 'a' })).rejects.toThrow('not both');
    await expect(count({ nextToken: 'no token' })).rejects.toThrow('nextToken');
  });
});

describe('log groups', () => {
  test('lists by prefix and pattern, in pages', async () => {
    for (let index = 0; index < 60; index++)
      lone.peer.ensureLogGroup(`/aws/lambda/f-${String(index).padStart(2, '0')}`);
    lone.peer.ensureLogGroup('/other');
    const first = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/aws/' }));
    const second = await logs.send(
      new DescribeLogGroupsCommand({ logGroupNamePrefix: '/aws/', nextToken: first.nextToken }),
    );
    expect([first.logGroups?.length, second.logGroups?.length, second.nextToken]).toEqual([50, 10, undefined]);
    expect(first.logGroups?.[0]).toMatchObject({
      logGroupName: '/aws/lambda/f-00',
      arn: 'arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/f-00:*',
      logGroupClass: 'STANDARD',
    });
    const byPattern = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePattern: 'OTH' }));
    expect(byPattern.logGroups?.map((group) => group.logGroupName)).toEqual(['/other']);
  });

  test('tells the default bus of each new group, as CloudTrail does', async () => {
    await logs.send(new CreateLogGroupCommand({ logGroupName }));
    lone.peer.ensureLogGroup('/aws/lambda/by-service');
    lone.peer.ensureLogGroup('/aws/lambda/by-service');
    await expect(logs.send(new CreateLogGroupCommand({ logGroupName }))).rejects.toThrow('already exists');
    expect(recorded.emitted.map(({ detail }) => (detail as { requestParameters: unknown }).requestParameters)).toEqual([
      { logGroupName },
      { logGroupName: '/aws/lambda/by-service' },
    ]);
    expect(recorded.emitted[0]).toMatchObject({
      source: 'aws.logs',
      detailType: 'AWS API Call via CloudTrail',
      detail: { eventSource: 'logs.amazonaws.com', eventName: 'CreateLogGroup', eventTime: '2026-01-01T00:00:00Z' },
    });
  });

  test('forgets events when their retention ends by the clock', async () => {
    await givenStream();
    await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 3 }));
    await logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents: lines(2) }));
    await clock.advance(3 * DAY_MS + 1);
    const { events } = await logs.send(new FilterLogEventsCommand({ logGroupName }));
    expect(events?.map(({ message }) => message)).toEqual(['line 1']);
    await expect(logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 2 }))).rejects.toThrow(
      'enum value set',
    );
  });

  test('deletes a stream with its events, a group with everything', async () => {
    await lone.peer.write(logGroupName, 'a', lines(1));
    await lone.peer.write(logGroupName, 'b', lines(1));
    await logs.send(new DeleteLogStreamCommand({ logGroupName, logStreamName: 'a' }));
    const { events } = await logs.send(new FilterLogEventsCommand({ logGroupName }));
    expect(events?.map((event) => event.logStreamName)).toEqual(['b']);
    await logs.send(new DeleteLogGroupCommand({ logGroupName }));
    await expect(logs.send(new FilterLogEventsCommand({ logGroupName }))).rejects.toThrow('log group does not exist');
  });

  test('orders streams by name or by their last event', async () => {
    await lone.peer.write(logGroupName, 'a', lines(2));
    await lone.peer.write(logGroupName, 'b', lines(1));
    const names = async (input: object) =>
      (await logs.send(new DescribeLogStreamsCommand({ logGroupName, ...input }))).logStreams?.map(
        (s) => s.logStreamName,
      );
    expect(await names({})).toEqual(['a', 'b']);
    expect(await names({ orderBy: 'LastEventTime' })).toEqual(['b', 'a']);
    expect(await names({ descending: true, limit: 1 })).toEqual(['b']);
  });

  test('keeps tags', async () => {
    await logs.send(new CreateLogGroupCommand({ logGroupName, tags: { team: 'lamps' } }));
    const resourceArn = `arn:aws:logs:us-east-1:123456789012:log-group:${logGroupName}`;
    await logs.send(new TagResourceCommand({ resourceArn, tags: { stage: 'dev' } }));
    const { tags } = await logs.send(new ListTagsForResourceCommand({ resourceArn }));
    expect(tags).toEqual({ team: 'lamps', stage: 'dev' });
  });

  test('names an operation that the sandbox lacks', async () => {
    const query = new StartQueryCommand({ logGroupName, startTime: 0, endTime: 1, queryString: 'fields @message' });
    await expect(logs.send(query)).rejects.toMatchObject({ message: expect.stringContaining('StartQuery') });
  });
});

describe('metrics of logs', () => {
  test('counts what comes in', async () => {
    await lone.peer.write(logGroupName, 'a', lines(3));
    expect(recorded.sum('IncomingLogEvents')).toBe(3);
    expect(recorded.sum('IncomingBytes')).toBe(3 * ('line 0'.length + 26));
  });

  test('publishes the embedded metric format', async () => {
    const message = JSON.stringify({
      _aws: {
        Timestamp: START - 5,
        CloudWatchMetrics: [
          {
            Namespace: 'shop',
            Dimensions: [['service'], []],
            Metrics: [{ Name: 'latency', Unit: 'Milliseconds' }, { Name: 'gone' }],
          },
        ],
      },
      service: 'checkout',
      latency: [12, 30],
    });
    await lone.peer.write(logGroupName, 'a', [
      { timestamp: START, message },
      { timestamp: START, message: '{"CloudWatchMetrics"' },
    ]);
    const published = recorded.metrics.filter(({ namespace }) => namespace === 'shop');
    expect(published.map(({ name, dimensions, value, timestamp }) => [name, dimensions, value, timestamp])).toEqual([
      ['latency', { service: 'checkout' }, 12, START - 5],
      ['latency', { service: 'checkout' }, 30, START - 5],
      ['latency', {}, 12, START - 5],
      ['latency', {}, 30, START - 5],
    ]);
  });

  test('counts what a metric filter matches, and its default once in a minute without a match', async () => {
    await givenStream();
    const metricTransformations = [
      { metricName: 'errors', metricNamespace: 'shop', metricValue: '1', defaultValue: 0 },
    ];
    await logs.send(
      new PutMetricFilterCommand({ logGroupName, filterName: 'e', filterPattern: 'ERROR', metricTransformations }),
    );
    const write = (message: string, timestamp: number) =>
      lone.peer.write(logGroupName, logStreamName, [{ timestamp, message }]);
    await write('ERROR one', START);
    await write('fine', START + 1);
    await write('fine', START + 60_000);
    await write('fine', START + 60_001);
    const values = recorded.metrics
      .filter(({ name }) => name === 'errors')
      .map(({ value, timestamp }) => [value, timestamp]);
    expect(values).toEqual([
      [1, START],
      [0, START + 60_000],
    ]);
  });
});
