import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
  DescribeSubscriptionFiltersCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CompletenessMeasured, LogGroupSubscriptionDecided } from '@lamplighter/contracts';
import { type CallCrash, crashAtCall, everyCrash } from '@lamplighter/sandbox';
import { type CaughtEvent, catchEvents } from './caught-events.ts';
import { type Pipeline, startPipeline } from './deployed-pipeline.ts';
import { logBatch, report } from './sample-history.ts';

/** Longer than Lambda waits before it tries an asynchronous event again. */
const RETRY_MS = 61_000;
const WHENS = ['before', 'after'] as const;

let pipeline: Pipeline;
let caught: () => Promise<readonly CaughtEvent[]>;
beforeAll(async () => {
  pipeline = await startPipeline({ doors: ['direct'], startMs: Date.UTC(2026, 0, 15, 10, 11) });
  const detailTypes = ['CompletenessMeasured', 'LogGroupSubscriptionDecided'];
  caught = await catchEvents(pipeline.sandbox, { stage: 'dev', detailTypes });
});
afterAll(() => pipeline?.stop());

/** Runs with a crash at a call of a role, or without one, until the retry is through; gives the calls that were made. */
async function crashing(
  role: string,
  crash: CallCrash | undefined,
  act: () => Promise<unknown>,
): Promise<readonly string[]> {
  const { calls, crashes } = await crashAtCall(pipeline.sandbox, { roles: [role], crash }, async () => {
    await act();
    await pipeline.settle();
    if (crash) await pipeline.settle(RETRY_MS);
  });
  expect(crashes).toBe(crash ? 1 : 0);
  return calls;
}

describe('subscribe-log-group', () => {
  const subscribed = async (name: string, crash?: CallCrash) => {
    const logGroupName = `/aws/lambda/${name}`;
    const logs = pipeline.sandbox.client(CloudWatchLogsClient);
    const calls = await crashing('SubscribeLogGroupRole', crash, () =>
      logs.send(new CreateLogGroupCommand({ logGroupName })),
    );
    const { subscriptionFilters } = await logs.send(new DescribeSubscriptionFiltersCommand({ logGroupName }));
    const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: logGroupName }));
    expect(subscriptionFilters).toMatchObject([{ filterName: 'lamplighter-dev' }]);
    expect(logGroups?.find((group) => group.logGroupName === logGroupName)?.retentionInDays).toBe(30);
    expect(await pipeline.items('direct', 'ledger')).toContainEqual(expect.objectContaining({ functionName: name }));
    const told = (await caught()).map(({ detail }) => LogGroupSubscriptionDecided.parse(detail).data);
    expect(told).toContainEqual(expect.objectContaining({ logGroup: logGroupName, outcome: 'subscribed' }));
    return calls;
  };

  test('is done with a group whichever call it dies at', async () => {
    const calls = await subscribed('calm');
    expect(calls).toHaveLength(7);

    for (const crash of everyCrash(calls)) await subscribed(`${crash.when}-${crash.nth}`, crash);
  });
});

describe('reconcile-completeness', () => {
  const HOUR = Date.UTC(2026, 0, 15, 9);
  const WRITES = ['FilterLogEvents', 'PutRecordBatch', 'PutItem', 'PutEvents', 'PutMetricData'];

  /** A function of which nothing was audited, though its group holds an invocation and CloudWatch counted it. */
  const reconciled = async (functionName: string, number: number, crash?: CallCrash) => {
    const { accountId, region } = pipeline.sandbox;
    const logGroup = `/aws/lambda/${functionName}`;
    const requestId = `${String(number).padStart(8, '0')}-ffff-4fff-8fff-ffffffffffff`;
    const lines = [
      `START RequestId: ${requestId} Version: 1`,
      'served',
      `END RequestId: ${requestId}`,
      report(requestId),
    ];
    const unsubscribed = { logGroupName: logGroup, tags: { lamplighter: 'off' } };
    await pipeline.sandbox.client(CloudWatchLogsClient).send(new CreateLogGroupCommand(unsubscribed));
    await pipeline.settle();
    await pipeline.write([logBatch(logGroup, 'aaaa', lines)]);
    pipeline.sandbox.peers.metrics.put(
      'AWS/Lambda',
      'Invocations',
      { FunctionName: functionName },
      1,
      'Count',
      Date.UTC(2026, 0, 15, 9, 59, 30),
    );
    const Item = marshall({ pk: 'FUNCTIONS', sk: functionName, functionName, accountId, region, logGroup });
    await pipeline.sandbox
      .client(DynamoDBClient)
      .send(new PutItemCommand({ TableName: 'lamplighter-dev-ledger', Item }));

    const FunctionName = 'lamplighter-ingestion-dev-reconcile-completeness';
    const calls = await crashing('ReconcileCompletenessRole', crash, () =>
      pipeline.sandbox.client(LambdaClient).send(new InvokeCommand({ FunctionName, InvocationType: 'Event' })),
    );

    const answer = await pipeline.ask('direct', { kind: 'by-request', requestId });
    expect(answer).toMatchObject({
      story: { completeness: { hour: HOUR, invoked: 1, audited: 1, completenessPct: 100, backfilled: 1 } },
    });
    const told = (await caught()).map(({ detail }) => CompletenessMeasured.parse(detail).data);
    expect(told.filter((event) => event.functionName === functionName)).toContainEqual(
      expect.objectContaining({ completenessPctBeforeBackfill: 0, completenessPct: 100 }),
    );
    return calls;
  };

  test('forgets no loss whichever of its writes it dies at', async () => {
    const calls = await reconciled('calm-nights', 0);
    const writes = calls.flatMap((operation, index) => (WRITES.includes(operation) ? [index] : []));
    expect(new Set(writes.map((index) => calls[index]))).toEqual(new Set(WRITES));

    let number = 0;
    for (const when of WHENS)
      for (const index of writes) await reconciled(`nights-${++number}`, number, { nth: index + 1, when });
  });
});
