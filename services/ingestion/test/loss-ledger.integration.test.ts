import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { AddPermissionCommand, GetPolicyCommand, LambdaClient, RemovePermissionCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CompletenessMeasured } from '@lamplighter/contracts';
import { type CaughtEvent, catchEvents } from './caught-events.ts';
import { type Pipeline, startPipeline } from './deployed-pipeline.ts';
import { deployWatchedFunction } from './watched-function.ts';

const MINUTE_MS = 60_000;
const HOUR = Date.UTC(2026, 0, 15, 10);
const NAME = 'night-porter';
const INGEST = 'lamplighter-ingestion-dev-ingest-direct';

let pipeline: Pipeline;
let invoke: () => Promise<string>;
let caught: () => Promise<readonly CaughtEvent[]>;
const requests = { before: [] as string[], broken: [] as string[], after: [] as string[] };

beforeAll(async () => {
  pipeline = await startPipeline({ doors: ['direct'], startMs: HOUR + 12 * MINUTE_MS });
  caught = await catchEvents(pipeline.sandbox, { stage: 'dev', detailTypes: ['CompletenessMeasured'] });
  invoke = await deployWatchedFunction(pipeline.sandbox, NAME);
  await pipeline.createLogGroups([`/aws/lambda/${NAME}`]);
});
afterAll(() => pipeline?.stop());

const completeness = async () => {
  const answer = await pipeline.ask('direct', { kind: 'completeness', functionName: NAME });
  if (answer.kind !== 'completeness') throw new Error(answer.kind);
  return answer.hours;
};
const invokeTimes = async (times: number): Promise<string[]> => {
  const ids: string[] = [];
  for (let time = 0; time < times; time += 1) {
    ids.push(await invoke());
    await pipeline.settle(MINUTE_MS);
  }
  return ids;
};
const moveTo = (instant: number) => pipeline.settle(instant - pipeline.clock.now());
const statusOf = async (requestId: string) => {
  const answer = await pipeline.ask('direct', { kind: 'by-request', requestId });
  return answer.kind === 'story' ? answer.story.invocation.status : answer.kind;
};
const measured = async () =>
  (await caught()).map(({ detail }) => CompletenessMeasured.parse(detail).data).filter(({ hour }) => hour === HOUR);
const metric = async (MetricName: string, dimensions: Record<string, string>) => {
  const { Datapoints = [] } = await pipeline.sandbox.client(CloudWatchClient).send(
    new GetMetricStatisticsCommand({
      Namespace: 'Lamplighter',
      MetricName,
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      StartTime: new Date(HOUR),
      EndTime: new Date(HOUR + 60 * MINUTE_MS),
      Period: 3_600,
      Statistics: ['Minimum'],
    }),
  );
  return Datapoints.map(({ Minimum }) => Minimum);
};
const callsOf = (operation: string) => pipeline.sandbox.calls().filter((call) => call.operation === operation);

/** Takes CloudWatch Logs' leave to invoke the ingest function; gives what puts it back. */
async function breakSubscription(): Promise<() => Promise<void>> {
  const lambda = pipeline.sandbox.client(LambdaClient);
  const { Policy } = await lambda.send(new GetPolicyCommand({ FunctionName: INGEST }));
  const [statement] = (
    JSON.parse(Policy!) as { Statement: { Sid: string; Condition: Record<string, Record<string, string>> }[] }
  ).Statement;
  await lambda.send(new RemovePermissionCommand({ FunctionName: INGEST, StatementId: statement!.Sid }));
  return async () => {
    await lambda.send(
      new AddPermissionCommand({
        FunctionName: INGEST,
        StatementId: 'repaired',
        Action: 'lambda:InvokeFunction',
        Principal: 'logs.amazonaws.com',
        SourceAccount: pipeline.sandbox.accountId,
        SourceArn: `arn:aws:logs:us-east-1:${pipeline.sandbox.accountId}:log-group:/aws/lambda/*`,
      }),
    );
  };
}

test('while its subscription works, a function is complete', async () => {
  requests.before = await invokeTimes(3);

  expect(await completeness()).toEqual([
    expect.objectContaining({ hour: HOUR, invoked: 3, audited: 3, completenessPct: 100 }),
  ]);
});

test('while its subscription is broken, it reads below 100 %', async () => {
  const repair = await breakSubscription();
  requests.broken = await invokeTimes(4);
  await repair();
  // Repaired, but CloudWatch Logs has disabled the filter for ten minutes, and skips what is written meanwhile.
  requests.broken.push(...(await invokeTimes(3)));

  expect(await completeness()).toEqual([
    expect.objectContaining({ hour: HOUR, invoked: 10, audited: 3, completenessPct: 30 }),
  ]);
  expect(await statusOf(requests.broken[0]!)).toBe('not-found');
});

test('afterwards logs flow again, and what was lost stays lost', async () => {
  await pipeline.settle(11 * MINUTE_MS);
  requests.after = await invokeTimes(2);

  expect(await completeness()).toEqual([expect.objectContaining({ invoked: 12, audited: 5, completenessPct: 41.67 })]);
});

test('ten past the hour the gap is found, filled and told', async () => {
  pipeline.sandbox.forgetCalls();
  await moveTo(HOUR + 71 * MINUTE_MS);

  expect(await completeness()).toContainEqual({
    hour: HOUR,
    invoked: 12,
    audited: 12,
    completenessPct: 100,
    backfilled: 7,
  });
  expect(await measured()).toEqual([
    expect.objectContaining({
      functionName: NAME,
      hour: HOUR,
      invoked: 12,
      auditedBeforeBackfill: 5,
      audited: 12,
      completenessPctBeforeBackfill: 41.67,
      completenessPct: 100,
    }),
  ]);
  expect(await metric('Completeness', { Stage: 'dev', FunctionName: NAME })).toEqual([]);
  expect(await metric('LowestCompleteness', { Stage: 'dev' })).toEqual([100]);
  expect(callsOf('FilterLogEvents').length).toBeGreaterThan(0);
});

test('the stories of the lost requests are there', async () => {
  const statuses: string[] = [];
  for (const requestId of Object.values(requests).flat()) statuses.push(await statusOf(requestId));
  expect(statuses).toEqual(Array.from({ length: 12 }, () => 'success'));

  const answer = await pipeline.ask('direct', { kind: 'by-request', requestId: requests.broken[0]! });
  const story = answer.kind === 'story' ? answer.story : undefined;
  expect(story?.invocation).toMatchObject({ functionName: NAME, missing: [] });
  expect(story?.lines.map(({ message }) => message).join('')).toContain('welcome Ada');
  expect(story?.completeness).toMatchObject({ completenessPct: 100, backfilled: 7 });
});

test('an hour without loss costs no reading of logs, and no writing of what is known', async () => {
  await invokeTimes(2);
  pipeline.sandbox.forgetCalls();
  await moveTo(HOUR + 131 * MINUTE_MS);

  expect(await completeness()).toContainEqual(
    expect.objectContaining({
      hour: HOUR + 60 * MINUTE_MS,
      invoked: 2,
      audited: 2,
      completenessPct: 100,
      backfilled: 0,
    }),
  );
  expect(callsOf('GetMetricData').length).toBeGreaterThan(0);
  expect(callsOf('FilterLogEvents')).toEqual([]);
  expect(await measured()).toEqual([]);
});
