import { DisableRuleCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import {
  CreateFunctionCommand,
  LambdaClient,
  PublishVersionCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { FunctionChange } from '@lamplighter/contracts';
import { type MinuteOfCalls, minuteOfLogs } from '@lamplighter/sandbox/minute-of-logs';
import { type Analysis, startAnalysis } from './deployed-analysis.ts';

const MINUTE_MS = 60_000;
const START_MS = Date.UTC(2026, 0, 15, 2);
const STREAM = '2026/01/15/[$LATEST]0123456789abcdef0123456789abcdef';
const [WITH_TRAIL, WITHOUT] = ['hotel-front', 'hotel-pay'] as const;

let analysis: Analysis;
beforeAll(async () => {
  analysis = await startAnalysis(START_MS);
  await makeFunction(WITH_TRAIL);
  await makeFunction(WITHOUT);
  for (const name of [WITH_TRAIL, WITHOUT]) analysis.sandbox.peers.logs.ensureLogGroup(`/aws/lambda/${name}`);
  await analysis.settle();
});
afterAll(() => analysis?.stop());

const lambda = (): LambdaClient => analysis.sandbox.client(LambdaClient);
/** Zips of `exports.handler=async()=>1` and of `…=>2`. */
const [BEFORE, AFTER] = [
  'UEsDBBQAAAAAAAAAIQDUwRbnGgAAABoAAAAIAAAAaW5kZXguanNleHBvcnRzLmhhbmRsZXI9YXN5bmMoKT0+MVBLAQIUAxQAAAAAAAAAIQDUwRbnGgAAABoAAAAIAAAAAAAAAAAAAACAAQAAAABpbmRleC5qc1BLBQYAAAAAAQABADYAAABAAAAAAAA=',
  'UEsDBBQAAAAAAAAAIQBukB9+GgAAABoAAAAIAAAAaW5kZXguanNleHBvcnRzLmhhbmRsZXI9YXN5bmMoKT0+MlBLAQIUAxQAAAAAAAAAIQBukB9+GgAAABoAAAAIAAAAAAAAAAAAAACAAQAAAABpbmRleC5qc1BLBQYAAAAAAQABADYAAABAAAAAAAA=',
].map((zip) => Buffer.from(zip, 'base64'));

const makeFunction = (FunctionName: string) =>
  lambda().send(
    new CreateFunctionCommand({
      ...{ FunctionName, Runtime: 'nodejs24.x', Handler: 'index.handler', MemorySize: 1024 },
      Role: analysis.stack.resources.QueryFindingsRole!.attributes.Arn as string,
      Code: { ZipFile: BEFORE },
    }),
  );

const deployCode = (FunctionName: string) =>
  lambda().send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: AFTER }));

async function minutes(functionName: string, count: number, figures: Omit<MinuteOfCalls, 'start'>): Promise<void> {
  for (let at = 0; at < count; at++) {
    const start = Math.floor(analysis.clock.now() / MINUTE_MS) * MINUTE_MS;
    const lines = minuteOfLogs(functionName, { ...figures, start });
    await analysis.sandbox.peers.logs.write(`/aws/lambda/${functionName}`, STREAM, lines);
    await analysis.settle(MINUTE_MS);
  }
  await analysis.settle(3_000);
  await analysis.settle(0);
}

async function changesOf(functionName: string, since: number): Promise<FunctionChange[]> {
  const answer = await analysis.ask({ kind: 'changes', functionName, since, until: analysis.clock.now() });
  return answer.kind === 'changes' ? answer.changes : [];
}

test('a deploy of $LATEST that a trail tells of has its time, what was changed from what, and who made it', async () => {
  // The first minute makes the function known, as it is before the deploy.
  await minutes(WITH_TRAIL, 2, { calls: 5 });
  await analysis.settle(10 * MINUTE_MS);
  const at = Math.floor(analysis.clock.now() / 1000) * 1000;
  await deployCode(WITH_TRAIL);
  // The function is looked at between two calls that the clock, which stands, gives one time.
  await analysis.settle();
  await lambda().send(new UpdateFunctionConfigurationCommand({ FunctionName: WITH_TRAIL, MemorySize: 512 }));
  await lambda().send(new PublishVersionCommand({ FunctionName: WITH_TRAIL }));
  await analysis.settle();

  const told = await changesOf(WITH_TRAIL, at);
  expect(told.map(({ kind, version }) => `${kind} ${version}`).sort()).toEqual([
    'code $LATEST',
    'configuration $LATEST',
    'version 1',
  ]);
  for (const change of told)
    expect(change).toMatchObject({ source: 'cloudtrail', at: expect.closeTo(at, -4), by: expect.any(String) });
  expect(told.find(({ kind }) => kind === 'configuration')?.settings).toEqual([
    { name: 'memorySize', before: '1024', after: '512' },
  ]);
  expect(await changesOf(WITH_TRAIL, analysis.clock.now() + MINUTE_MS)).toEqual([]);
});

test('without a trail a deploy is known, with its time, as soon as something goes wrong', async () => {
  await analysis.sandbox
    .client(EventBridgeClient)
    .send(new DisableRuleCommand({ Name: 'lamplighter-dev-analysis-changes' }));
  await minutes(WITHOUT, 45, { calls: 30 });
  const at = analysis.clock.now();
  await deployCode(WITHOUT);
  await minutes(WITHOUT, 2, { calls: 30, failures: 15 });

  expect(await changesOf(WITHOUT, at - 1_000)).toMatchObject([
    { source: 'lambda', kind: 'code', version: '$LATEST', at: expect.closeTo(at, -4) },
  ]);
});
