import { randomBytes } from 'node:crypto';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteAccountPolicyCommand,
  DescribeAccountPoliciesCommand,
  DescribeSubscriptionFiltersCommand,
  FilterLogEventsCommand,
  PutAccountPolicyCommand,
  PutSubscriptionFilterCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ApiError } from '../../core/service.ts';
import { VirtualClock } from '../../core/time/virtual-clock.ts';
import { type LoneService, startLoneService } from '../../testing/lone-service.ts';
import { createLogs } from './index.ts';
import type { LogsPeer } from './logs-peer.ts';
import { RecordedPeers } from './testing/recorded-peers.ts';

const START = Date.UTC(2026, 0, 1);
const logGroupName = '/aws/lambda/checkout';
const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:ingest';
const streamArn = 'arn:aws:kinesis:us-east-1:123456789012:stream/telemetry';
const roleArn = 'arn:aws:iam::123456789012:role/logs-to-kinesis';

let clock: VirtualClock;
let recorded: RecordedPeers;
let lone: LoneService<LogsPeer>;
let logs: CloudWatchLogsClient;

beforeEach(async () => {
  clock = new VirtualClock(START);
  recorded = new RecordedPeers();
  lone = await startLoneService(createLogs, { clock, peers: recorded.peers });
  logs = new CloudWatchLogsClient(lone.clientConfig);
  await logs.send(new CreateLogGroupCommand({ logGroupName }));
});

afterEach(async () => {
  logs.destroy();
  await lone.stop();
});

const subscribe = (input: object = {}) =>
  logs.send(
    new PutSubscriptionFilterCommand({
      logGroupName,
      filterName: 'to-ingest',
      filterPattern: '',
      destinationArn: functionArn,
      ...input,
    }),
  );

const write = async (messages: readonly string[], logStream = 'a'): Promise<void> => {
  const now = clock.now();
  await lone.peer.write(
    logGroupName,
    logStream,
    messages.map((message) => ({ timestamp: now, message })),
  );
};

describe('a subscription to Lambda', () => {
  test('delivers what was written since, with the ids that FilterLogEvents shows', async () => {
    await write(['before']);
    await subscribe();
    await write(['one', 'two']);
    await lone.peer.delivery.flush();
    const { events } = await logs.send(new FilterLogEventsCommand({ logGroupName, filterPattern: '?one ?two' }));
    expect(recorded.received).toEqual([
      {
        messageType: 'DATA_MESSAGE',
        owner: '123456789012',
        logGroup: logGroupName,
        logStream: 'a',
        subscriptionFilters: ['to-ingest'],
        logEvents: events?.map(({ eventId, timestamp, message }) => ({ id: eventId, timestamp, message })),
      },
    ]);
    expect(new Set(recorded.invokedBy)).toEqual(
      new Set(['arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/checkout:*']),
    );
    expect(recorded.sum('ForwardedLogEvents')).toBe(2);
  });

  test('keeps given ids and another owner', async () => {
    await subscribe();
    await lone.peer.write(logGroupName, 'a', [{ id: 'given', timestamp: 1, message: 'old' }], '210987654321');
    await lone.peer.delivery.flush();
    expect(recorded.received[0]).toMatchObject({ owner: '210987654321', logEvents: [{ id: 'given', timestamp: 1 }] });
  });

  test('is refused without permission, and takes a permission for the regional principal', async () => {
    recorded.permittedPrincipal = 'nobody';
    await expect(subscribe()).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining('Could not execute the lambda function'),
    });
    recorded.permittedPrincipal = 'logs.us-east-1.amazonaws.com';
    await subscribe();
    await write(['x']);
    await lone.peer.delivery.flush();
    expect(recorded.messages()).toEqual(['x']);
  });

  test('is refused for the function that writes the group', async () => {
    const destinationArn = functionArn.replace('ingest', 'checkout');
    await expect(subscribe({ destinationArn })).rejects.toThrow('reserved for the function logs of the destination');
  });

  test('has room for two filters a group', async () => {
    await subscribe();
    await subscribe({ filterName: 'second' });
    await subscribe({ filterPattern: 'ERROR' });
    await expect(subscribe({ filterName: 'third' })).rejects.toMatchObject({ name: 'LimitExceededException' });
    const { subscriptionFilters } = await logs.send(new DescribeSubscriptionFiltersCommand({ logGroupName }));
    expect(subscriptionFilters?.map(({ filterName, filterPattern }) => [filterName, filterPattern])).toEqual([
      ['second', ''],
      ['to-ingest', 'ERROR'],
    ]);
  });

  test('keeps the order of a stream', async () => {
    await subscribe();
    for (let batch = 0; batch < 20; batch++) await write([String(batch)]);
    lone.peer.delivery.reshape({ maxEventsPerPayload: 3 });
    await lone.peer.delivery.flush();
    expect(recorded.messages()).toEqual(Array.from({ length: 20 }, (_, index) => String(index)));
  });

  test('splits what does not fit into one invocation', async () => {
    await subscribe();
    const noise = Array.from({ length: 12 }, () => randomBytes(180_000).toString('base64'));
    await write(noise);
    await lone.peer.delivery.flush();
    expect(recorded.received.length).toBeGreaterThan(2);
    expect(recorded.messages()).toEqual(noise);
  });
});

describe('a subscription to Kinesis', () => {
  test('sends a control message first, then payloads keyed by stream', async () => {
    await subscribe({ destinationArn: streamArn, roleArn });
    await write(['x'], 'a');
    await write(['y'], 'a');
    await lone.peer.delivery.flush();
    expect(recorded.received[0]).toEqual({
      messageType: 'CONTROL_MESSAGE',
      owner: 'CloudwatchLogs',
      logGroup: '',
      logStream: '',
      subscriptionFilters: [],
      logEvents: [{ id: '', timestamp: START, message: expect.stringContaining('CWL CONTROL MESSAGE') }],
    });
    expect(recorded.messages().slice(1)).toEqual(['x', 'y']);
    expect(recorded.partitionKeys[1]).toMatch(/^[0-9a-f]{32}$/);
  });

  test('is refused without a role, or with one that may not write', async () => {
    await expect(subscribe({ destinationArn: streamArn })).rejects.toThrow('without roleArn');
    recorded.deniedActions = ['kinesis:PutRecord'];
    await expect(subscribe({ destinationArn: streamArn, roleArn })).rejects.toThrow('Could not deliver test message');
    recorded.deniedActions = [];
    recorded.trustedService = 'lambda.amazonaws.com';
    await expect(subscribe({ destinationArn: streamArn, roleArn })).rejects.toThrow('Could not deliver test message');
  });

  test('retries a throttled stream until it takes the payload', async () => {
    await subscribe({ destinationArn: streamArn, roleArn });
    const throttle = new ApiError('ProvisionedThroughputExceededException', 'slow down');
    recorded.failures.push(throttle, throttle, throttle);
    await write(['x', 'y']);
    await clock.advance(10_000);
    expect(recorded.messages().slice(1)).toEqual(['x', 'y']);
    expect(recorded.sum('DeliveryThrottling')).toBe(6);
  });

  test('gives up after 24 hours of throttling', async () => {
    await subscribe({ destinationArn: streamArn, roleArn });
    recorded.failures.push(...Array.from({ length: 5_000 }, () => new ApiError('ThrottlingException', 'no')));
    await write(['x']);
    await clock.advance(25 * 3_600_000);
    recorded.failures.length = 0;
    await clock.advance(3_600_000);
    expect(recorded.messages().slice(1)).toEqual([]);
  });

  test('is disabled for ten minutes by an error that retrying cannot cure, and the logs of that time are lost', async () => {
    await subscribe({ destinationArn: streamArn, roleArn });
    recorded.deniedActions = ['kinesis:PutRecord'];
    await write(['lost with the error']);
    await lone.peer.delivery.flush();
    recorded.deniedActions = [];
    await clock.advance(10 * 60_000 - 1);
    await write(['lost while disabled']);
    await clock.advance(1);
    await write(['delivered']);
    await lone.peer.delivery.flush();
    expect(recorded.messages().slice(1)).toEqual(['delivered']);
    expect(recorded.sum('DeliveryErrors')).toBe(1);
    const { events } = await logs.send(new FilterLogEventsCommand({ logGroupName }));
    expect(events).toHaveLength(3);
  });
});

describe('the shape of delivery', () => {
  test('waits for its interval of the clock', async () => {
    await subscribe();
    lone.peer.delivery.reshape({ flushIntervalMs: 5_000 });
    await write(['x']);
    await clock.advance(4_999);
    expect(recorded.received).toEqual([]);
    await clock.advance(1);
    expect(recorded.messages()).toEqual(['x']);
  });

  const history = async (seed: number): Promise<readonly string[]> => {
    recorded.received.length = 0;
    lone.peer.delivery.reshape({
      flushIntervalMs: 60_000,
      shuffle: true,
      randomSplits: true,
      maxEventsPerPayload: 4,
      duplicateProbability: 0.3,
      seed,
    });
    for (let event = 0; event < 40; event++) await write([String(event)], `stream-${event % 3}`);
    await lone.peer.delivery.flush();
    return recorded.messages();
  };

  test('reorders, splits and duplicates by seed, and loses nothing', async () => {
    await subscribe();
    const first = await history(7);
    const again = await history(7);
    const other = await history(8);
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    expect(first.length).toBeGreaterThan(40);
    expect([...new Set(first)].sort((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({ length: 40 }, (_, i) => String(i)),
    );
    expect(recorded.received.every(({ logEvents }) => logEvents.length <= 4)).toBe(true);
  });
});

describe('the account policy', () => {
  const putPolicy = (input: object = {}) =>
    logs.send(
      new PutAccountPolicyCommand({
        policyName: 'everything',
        policyType: 'SUBSCRIPTION_FILTER_POLICY',
        policyDocument: JSON.stringify({ DestinationArn: functionArn, FilterPattern: '' }),
        selectionCriteria: 'LogGroupName NOT IN ["/opted/out"]',
        ...input,
      }),
    );

  test('forwards every group but the excluded ones and the destination’s own', async () => {
    await putPolicy();
    const timestamp = clock.now();
    for (const group of [logGroupName, '/opted/out', '/aws/lambda/ingest', '/aws/lambda/new']) {
      await lone.peer.write(group, 'a', [{ timestamp, message: group }]);
    }
    await lone.peer.delivery.flush();
    expect(recorded.messages()).toEqual([logGroupName, '/aws/lambda/new']);
    expect(recorded.received[0]).toMatchObject({
      policyLevel: 'ACCOUNT_LEVEL_POLICY',
      subscriptionFilters: ['everything'],
    });
  });

  test('is additive to the filters of a group', async () => {
    await subscribe();
    await putPolicy();
    await write(['x']);
    await lone.peer.delivery.flush();
    expect(recorded.received.map(({ subscriptionFilters }) => subscriptionFilters[0])).toEqual([
      'to-ingest',
      'everything',
    ]);
  });

  test('is one per account, can be read and deleted', async () => {
    await putPolicy();
    await expect(putPolicy({ policyName: 'second' })).rejects.toMatchObject({ name: 'LimitExceededException' });
    await expect(putPolicy({ selectionCriteria: 'LogGroupName IN ["a"]' })).rejects.toThrow('NOT IN');
    const reference = { policyType: 'SUBSCRIPTION_FILTER_POLICY', policyName: 'everything' } as const;
    const { accountPolicies } = await logs.send(new DescribeAccountPoliciesCommand(reference));
    expect(accountPolicies?.[0]).toMatchObject({ policyName: 'everything', scope: 'ALL', accountId: '123456789012' });
    await logs.send(new DeleteAccountPolicyCommand(reference));
    await write(['x']);
    await lone.peer.delivery.flush();
    expect(recorded.received).toEqual([]);
    await expect(putPolicy({ policyType: 'DATA_PROTECTION_POLICY' })).rejects.toThrow('DATA_PROTECTION_POLICY');
  });
});
