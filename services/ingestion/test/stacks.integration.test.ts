import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
  DescribeSubscriptionFiltersCommand,
  PutRetentionPolicyCommand,
  PutSubscriptionFilterCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { LogGroupSubscriptionDecided } from '@lamplighter/contracts';
import { type CaughtEvent, catchEvents } from './caught-events.ts';
import { type Pipeline, payloadOf, startPipeline } from './deployed-pipeline.ts';
import type { DeployedDoor } from './packaged-stacks.ts';
import { logBatch, report } from './sample-history.ts';

const DOORS = ['direct', 'stream'] as const;
const HOUR_MS = 3_600_000;
const START_MS = Date.UTC(2026, 0, 15, 10, 11);

const request = (digit: string) => `${digit.repeat(8)}-cccc-4ccc-8ccc-cccccccccccc`;
const history = (logGroup: string, id: string) => [
  logBatch(logGroup, id.slice(0, 4), [
    `START RequestId: ${id} Version: 1`,
    'served',
    `END RequestId: ${id}`,
    report(id),
  ]),
];

describe('two stages side by side', () => {
  let pipeline: Pipeline;
  let decided: () => Promise<readonly CaughtEvent[]>;
  const logs = () => pipeline.sandbox.client(CloudWatchLogsClient);
  const filtersOf = async (logGroupName: string) => {
    const { subscriptionFilters = [] } = await logs().send(new DescribeSubscriptionFiltersCommand({ logGroupName }));
    return subscriptionFilters.map(({ filterName }) => filterName).sort();
  };
  const retentionOf = async (logGroupNamePrefix: string) => {
    const { logGroups = [] } = await logs().send(new DescribeLogGroupsCommand({ logGroupNamePrefix }));
    return logGroups.find(({ logGroupName }) => logGroupName === logGroupNamePrefix)?.retentionInDays;
  };
  const knows = async (door: DeployedDoor, requestId: string) =>
    (await pipeline.ask(door, { kind: 'by-request', requestId })).kind === 'story';
  const decisions = async () =>
    (await decided())
      .map(({ detail }) => LogGroupSubscriptionDecided.parse(detail).data)
      .map(({ logGroup, outcome, reason }) => [logGroup, outcome, ...(reason ? [reason] : [])].join(' '))
      .sort();

  beforeAll(async () => {
    pipeline = await startPipeline({ doors: DOORS, startMs: START_MS });
    decided = await catchEvents(pipeline.sandbox, { stage: 'dev', detailTypes: ['LogGroupSubscriptionDecided'] });
  });
  afterAll(() => pipeline?.stop());

  test('both subscribe a new group, and both audit what it logs', async () => {
    await logs().send(new CreateLogGroupCommand({ logGroupName: '/aws/lambda/shared' }));
    await pipeline.settle();

    expect(await filtersOf('/aws/lambda/shared')).toEqual(['lamplighter-dev', 'lamplighter-prod']);
    expect(await decisions()).toEqual(['/aws/lambda/shared subscribed']);
    await pipeline.write(history('/aws/lambda/shared', request('1')));
    expect([await knows('direct', request('1')), await knows('stream', request('1'))]).toEqual([true, true]);
  });

  test.each(DOORS)('what came by the %s door alone is unknown to the other', async (door) => {
    const id = request(door === 'direct' ? '2' : '3');
    await pipeline.deliver(door, history('/aws/lambda/shared', id).map(payloadOf));
    await pipeline.settle();

    const other = door === 'direct' ? 'stream' : 'direct';
    expect([await knows(door, id), await knows(other, id)]).toEqual([true, false]);
  });

  test('retention is given only where there is none, and an opted-out group is left alone', async () => {
    await logs().send(new CreateLogGroupCommand({ logGroupName: '/aws/lambda/private', tags: { lamplighter: 'off' } }));
    await logs().send(new CreateLogGroupCommand({ logGroupName: '/elsewhere/log' }));
    await pipeline.settle();

    expect(await retentionOf('/aws/lambda/shared')).toBe(30);
    expect(await filtersOf('/aws/lambda/private')).toEqual([]);
    expect(await retentionOf('/aws/lambda/private')).toBeUndefined();
    expect(await filtersOf('/elsewhere/log')).toEqual([]);
    expect(await decisions()).toEqual([]);
  });

  test('a group that has no room for a filter is refused, and it is told', async () => {
    const logGroupName = '/aws/lambda/crowded';
    // Its event is missed, so that others are first.
    const missed = pipeline.sandbox.faults.inject({
      service: 'lambda',
      operation: 'Invoke',
      effect: { kind: 'error', code: 'ResourceNotFoundException' },
    });
    await logs().send(new CreateLogGroupCommand({ logGroupName }));
    await logs().send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 7 }));
    await pipeline.settle();
    missed.lift();
    for (const filterName of ['theirs', 'also-theirs'])
      await logs().send(
        new PutSubscriptionFilterCommand({
          logGroupName,
          filterName,
          filterPattern: '',
          // Somebody else's: a filter to this stage's own destination would be as good as its own.
          destinationArn: pipeline.stack('stream').outputs.SubscriptionDestinationArn!,
          roleArn: pipeline.stack('stream').resources.SubscriptionRole!.attributes.Arn!,
        }),
      );
    await pipeline.settle(HOUR_MS);

    expect(await decisions()).toContain(`${logGroupName} refused filter-limit`);
    expect(await filtersOf(logGroupName)).toEqual(['also-theirs', 'theirs']);
    expect(await retentionOf(logGroupName)).toBe(7);
  });

  test("Lamplighter's own groups are never subscribed", async () => {
    const { logGroups = [] } = await logs().send(
      new DescribeLogGroupsCommand({ logGroupNamePrefix: '/aws/lambda/lamplighter-' }),
    );
    const filters: (string | undefined)[] = [];
    for (const { logGroupName } of logGroups) filters.push(...(await filtersOf(logGroupName!)));
    expect(logGroups).toHaveLength(10);
    expect(filters).toEqual([]);
  });
});

describe('another region', () => {
  const logGroupName = '/aws/lambda/veteran';
  let pipeline: Pipeline;
  beforeAll(async () => {
    pipeline = await startPipeline({
      doors: ['direct'],
      startMs: START_MS,
      region: 'eu-west-1',
      before: (sandbox) => sandbox.client(CloudWatchLogsClient).send(new CreateLogGroupCommand({ logGroupName })),
    });
  });
  afterAll(() => pipeline?.stop());

  test('takes the stack, which finds within the hour the groups that were there before', async () => {
    await pipeline.settle(HOUR_MS);
    await pipeline.write(history(logGroupName, request('4')));

    expect(pipeline.stack('direct').outputs.SubscriptionDestinationArn).toMatch(/^arn:aws:lambda:eu-west-1:/);
    expect(await pipeline.ask('direct', { kind: 'by-request', requestId: request('4') })).toMatchObject({
      story: { invocation: { functionName: 'veteran', region: 'eu-west-1' } },
    });
    expect(await pipeline.ask('direct', { kind: 'functions' })).toMatchObject({
      functions: [{ functionName: 'veteran', region: 'eu-west-1', logGroup: logGroupName }],
    });
  });
});
